package dev.kitchenhooks.chef;

import dev.kitchenhooks.run.HookLaunch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program that is brought to a node and run there as root.
 *
 * @param upload what goes there
 * @param node its name in the kitchen; {@code -} where it has none
 * @param arguments of the program
 * @param timeout SIGTERM to its process tree after this time
 * @param killAfter SIGKILL so long after that
 * @param files of this machine
 */
public record NodeProgram(
    NodeUpload upload,
    String node,
    List<String> arguments,
    Duration timeout,
    Duration killAfter,
    OwnFiles files) {

  /**
   * Files of this machine that belong to a call. Where the path of one of the first two stands
   * among the arguments, the node puts that of its own copy.
   *
   * @param nodes the names of the run's nodes
   * @param composeFile what the program makes of its copy is written here
   * @param output where what it wrote to {@code FIX_OUTPUT} goes
   */
  public record OwnFiles(Optional<Path> nodes, Optional<Path> composeFile, Optional<Path> output) {
    /** None of them. */
    public static final OwnFiles NONE =
        new OwnFiles(Optional.empty(), Optional.empty(), Optional.empty());
  }

  static NodeProgram ofHook(HookLaunch launch) throws IOException {
    HookLaunch.CallFiles files = launch.files();
    return new NodeProgram(
        NodeUpload.of(launch),
        launch.hookRun().node().orElse("-"),
        launch.argv().subList(1, launch.argv().size()),
        launch.definition().timeout(),
        launch.definition().killAfter(),
        new OwnFiles(Optional.of(files.nodes()), files.composeFile(), Optional.of(files.output())));
  }
}
