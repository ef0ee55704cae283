package dev.kitchenhooks.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run on this machine: never through a shell, in a session of its own.
 *
 * @param argv the program (an absolute path, or a name looked up in the environment's PATH) and its
 *     arguments
 * @param environment the whole environment, nothing is inherited
 * @param directory the working directory
 * @param timeout SIGTERM to the whole process tree after this time; empty: none
 * @param killAfter SIGKILL so long after a SIGTERM
 * @param mayLeaveProcesses whether what it leaves in the background is left alone when it has
 *     exited by itself, and its output is waited for no longer; else all of it ends
 * @param input the file that is its stdin; empty: nothing is
 */
public record LocalCommand(
    List<String> argv,
    Map<String, String> environment,
    Path directory,
    Optional<Duration> timeout,
    Duration killAfter,
    boolean mayLeaveProcesses,
    Optional<Path> input) {

  /** One without input. */
  public LocalCommand(
      List<String> argv,
      Map<String, String> environment,
      Path directory,
      Optional<Duration> timeout,
      Duration killAfter,
      boolean mayLeaveProcesses) {
    this(argv, environment, directory, timeout, killAfter, mayLeaveProcesses, Optional.empty());
  }

  /** One that leaves nothing behind. */
  public LocalCommand(
      List<String> argv,
      Map<String, String> environment,
      Path directory,
      Optional<Duration> timeout,
      Duration killAfter) {
    this(argv, environment, directory, timeout, killAfter, false);
  }

  /** The same with this file as its stdin. */
  public LocalCommand reading(Path file) {
    return new LocalCommand(
        argv, environment, directory, timeout, killAfter, mayLeaveProcesses, Optional.of(file));
  }
}
