package dev.kitchenhooks.remote;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection to one node. Commands may run one after another or at once, each in a channel of
 * its own.
 */
public interface NodeSession extends AutoCloseable {

  /**
   * Runs a command line in the node's login shell.
   *
   * @param commandLine for POSIX sh; build it with {@link ShellWords}
   * @param stdin what the command reads; empty input where it is {@link Input#NONE}
   * @param output takes stdout and stderr, merged as they come
   * @param timeout the command is told to end (SIGTERM, then SIGKILL) after this time; empty: none
   * @param stop when raised, the command is told to end
   * @return how it ended; the exit code is the command's own, 255 where the connection broke or no
   *     exit code came, 124 where it timed out, 130 where it was stopped
   */
  RemoteResult run(
      String commandLine,
      Input stdin,
      LineSink output,
      Optional<Duration> timeout,
      StopRequest stop);

  /** Whether the connection stands, as far as is known without asking the node. */
  boolean isUp();

  @Override
  void close();

  /** Writes what a remote command reads. */
  @FunctionalInterface
  interface Input {
    Input NONE = out -> {};

    /** Writes all input; the stream is closed by the caller. */
    void writeTo(java.io.OutputStream out) throws IOException;
  }
}
