package dev.kitchenhooks.rules;

/** What became of a node. The spelling of {@link #word} is stored and printed; it never changes. */
public enum Outcome {
  /** The deploy returned 0, and no post hook that matters failed. */
  DEPLOYED("deployed"),
  /** The deploy returned another code, or a required post hook of the node failed. */
  FAILED("failed"),
  /** A required pre hook of the node failed. */
  SKIPPED("skipped"),
  /** A pre hook of the node exited 75: not now, and no error. */
  SOFT_SKIPPED("soft-skipped"),
  /** No connection; none of its hooks ran. */
  UNREACHABLE("unreachable"),
  /** Listed but never configured. */
  DUMMY("dummy"),
  /** The run stopped before its turn. */
  NOT_STARTED("not-started"),
  /** In flight when the run was interrupted. */
  INTERRUPTED("interrupted");

  /**
   * What a node's pre hook exits with for "not now", which is no error: EX_TEMPFAIL, sysexits.h.
   */
  public static final int NOT_NOW = 75;

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
