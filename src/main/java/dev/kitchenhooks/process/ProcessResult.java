package dev.kitchenhooks.process;

import java.time.Duration;

/**
 * How a process ended. After it nothing of its process tree is left.
 *
 * @param exitCode as a shell would report it: 124 timed out, 126 not executable, 127 not found, 128
 *     + n killed by signal n
 * @param end what ended it
 * @param detail for people, e.g. {@code timed out after 30s}, {@code killed by SIGKILL}; empty
 *     after a plain exit
 * @param duration wall time
 */
public record ProcessResult(int exitCode, End end, String detail, Duration duration) {

  /** One that ended by itself, or by a signal that was not ours. */
  public static ProcessResult exited(int exitCode, Duration duration) {
    return Verdict.exited(exitCode).result(duration);
  }

  /** One that was ended since it ran longer than its limit. */
  public static ProcessResult timedOut(Duration limit, Duration duration) {
    return Verdict.timedOut(limit).result(duration);
  }

  /** One that was told to stop. */
  public static ProcessResult stopped(Duration duration) {
    return Verdict.STOPPED.result(duration);
  }

  /** The same with more to say. */
  public ProcessResult withDetail(String more) {
    return new ProcessResult(
        exitCode, end, detail.isEmpty() ? more : detail + "; " + more, duration);
  }

  /**
   * What ended a process. The spelling of {@link #word} is stored and printed; it never changes.
   */
  public enum End {
    /** It exited by itself. */
    EXITED("exited"),
    /** A signal that we did not send ended it. */
    SIGNALLED("signalled"),
    /** It ran longer than its timeout. */
    TIMED_OUT("timed-out"),
    /** It exited, but processes that it left held its output open past its timeout. */
    OUTPUT_LEFT_OPEN("output-left-open"),
    /** The run was interrupted, and it was told to stop. */
    STOPPED("stopped"),
    /** The connection to where it ran was lost. */
    LOST("connection-lost"),
    /** It could not be started. */
    NOT_STARTED("not-started");

    private final String word;

    End(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
