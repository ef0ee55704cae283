package dev.kitchenhooks.problem;

/** The exit codes of {@code fix}; documented in {@code docs/exit-codes.md}. */
public enum ExitCode {
  /** All nodes deployed or soft-skipped, or a read-only command did what was asked. */
  OK(0),
  /** A node failed or could not be reached. */
  NODE_FAILED(1),
  /** Usage, or something invalid that the run needs; nothing has run. */
  INVALID(2),
  /** A global pre hook failed; no node was deployed. */
  GLOBAL_PRE_FAILED(3),
  /** A node post hook failed; the run was stopped at once. */
  ABORTED(4),
  /** Nodes were skipped by a failing pre hook; all else went well. */
  NODES_SKIPPED(5),
  /** Another run holds the lock of a node. */
  LOCKED(6),
  /** A bug in fix itself (EX_SOFTWARE of sysexits.h). */
  BUG(70),
  /** SIGINT (128 + 2). */
  INTERRUPTED(130),
  /** SIGTERM (128 + 15). */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
