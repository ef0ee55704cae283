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
 * @param nodesFile a path of this machine that stands for the node's own among the arguments
 * @param timeout SIGTERM to its process tree after this time
 * @param killAfter SIGKILL so long after that
 * @param output where what it wrote to {@code FIX_OUTPUT} goes; empty: nowhere
 */
record NodeProgram(
    HookUpload upload,
    String node,
    List<String> arguments,
    String nodesFile,
    Duration timeout,
    Duration killAfter,
    Optional<Path> output) {

  static NodeProgram ofHook(HookLaunch launch) throws IOException {
    return new NodeProgram(
        HookUpload.of(launch),
        launch.hookRun().node().orElse("-"),
        launch.argv().subList(1, launch.argv().size()),
        launch.files().nodes().toString(),
        launch.definition().timeout(),
        launch.definition().killAfter(),
        Optional.of(launch.files().output()));
  }
}
