package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.remote.NodeSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt of one hook, with all that it is given. Paths, in arguments and variables too, are
 * those of this machine: whoever runs it elsewhere brings the files there and changes them.
 *
 * @param run the run it is part of
 * @param hookRun which attempt of which hook
 * @param argv the program and its arguments
 * @param environment the whole environment
 * @param files what it reads and writes
 * @param session the connection to its node; empty for a global hook, and where nothing is
 *     connected
 */
public record HookLaunch(
    RunFacts run,
    RunEvent.HookRun hookRun,
    List<String> argv,
    Map<String, String> environment,
    CallFiles files,
    Optional<NodeSession> session) {

  /**
   * The files of one call.
   *
   * @param directory of this call alone, mode 0700; holds the two below
   * @param context {@code FIX_CONTEXT}
   * @param output {@code FIX_OUTPUT}: exists, empty, until the hook writes to it
   * @param nodes {@code FIX_NODES_FILE}, the same for all calls of the run
   * @param composeFile the copy that hooks of an application may edit; others have none
   */
  public record CallFiles(
      Path directory, Path context, Path output, Path nodes, Optional<Path> composeFile) {}

  public HookDefinition definition() {
    return hookRun.hook().definition();
  }

  /** The same as a program of this machine. */
  public LocalCommand localCommand() {
    return new LocalCommand(
        argv,
        environment,
        run.kitchen(),
        Optional.of(definition().timeout()),
        definition().killAfter());
  }
}
