package dev.kitchenhooks.rules;

/**
 * How a run ended.
 *
 * @param exitCode what {@code fix} exits with
 * @param codeBeforeHooks the run's own code, that the global post hooks were given
 * @param end by itself or not
 * @param tally how many nodes came to which outcome
 */
public record RunResult(int exitCode, int codeBeforeHooks, End end, Tally tally) {

  /** What ended a run. The spelling of {@link #word} is stored and printed; it never changes. */
  public enum End {
    /** It ran to its own end, well or not. */
    FINISHED("finished"),
    /** A global pre hook failed (rule 1). */
    REFUSED("refused"),
    /** A node post hook failed (rule 5). */
    ABORTED("aborted"),
    /** A signal arrived first (rule 10). */
    INTERRUPTED("interrupted");

    private final String word;

    End(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether global post hooks turned a failed run with these codes green (rule 8). */
    public boolean turnedGreen(int codeBeforeHooks, int exitCode) {
      return this == FINISHED && codeBeforeHooks != 0 && exitCode == 0;
    }

    /** Whether global post hooks turned a green run with these codes red (rule 8). */
    public boolean turnedRed(int codeBeforeHooks, int exitCode) {
      return this == FINISHED && codeBeforeHooks == 0 && exitCode != 0;
    }
  }

  /** Whether global post hooks turned a failed run green. */
  public boolean turnedGreen() {
    return end.turnedGreen(codeBeforeHooks, exitCode);
  }

  /** Whether global post hooks turned a green run red. */
  public boolean turnedRed() {
    return end.turnedRed(codeBeforeHooks, exitCode);
  }
}
