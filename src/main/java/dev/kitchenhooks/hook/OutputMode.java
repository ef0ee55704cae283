package dev.kitchenhooks.hook;

/** What is shown of a hook's output. */
public enum OutputMode {
  /** Each line as it comes. */
  LIVE,
  /** Nothing, unless the hook fails. */
  QUIET
}
