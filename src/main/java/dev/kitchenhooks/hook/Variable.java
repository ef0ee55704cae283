package dev.kitchenhooks.hook;

/** What an environment variable of a hook is set to. */
public sealed interface Variable {
  /** The text that the definition gives. */
  record Literal(String text) implements Variable {}

  /** The caller's variable of the same name; unset stays unset. */
  record PassedThrough() implements Variable {}

  /**
   * A secret: the content of a file, without the line end at its end.
   *
   * @param path absolute, or relative to the kitchen
   */
  record FromFile(String path) implements Variable {}

  /** A secret: the caller's variable of this name, which must be set. */
  record FromEnv(String name) implements Variable {}

  Variable PASSED_THROUGH = new PassedThrough();
}
