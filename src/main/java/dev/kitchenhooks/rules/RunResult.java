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
  }

  /** Whether global post hooks turned a failed run green. */
  public boolean turnedGreen() {
    return end == End.FINISHED && codeBeforeHooks != 0 && exitCode == 0;
  }

  /** Whether global post hooks turned a green run red. */
  public boolean turnedRed() {
    return end == End.FINISHED && codeBeforeHooks == 0 && exitCode != 0;
  }
}
