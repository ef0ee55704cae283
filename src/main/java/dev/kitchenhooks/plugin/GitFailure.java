package dev.kitchenhooks.plugin;

/** git did not do what it was asked: what it said, for people. */
final class GitFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  enum Kind {
    /** There is no git. */
    MISSING,
    /** It ended with an error. */
    FAILED,
    /** The time was over. */
    TIMED_OUT,
    /** The caller stopped it. */
    STOPPED
  }

  private final Kind kind;

  GitFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** What git said last, or what happened to it. */
  String said() {
    return String.valueOf(getMessage());
  }
}
