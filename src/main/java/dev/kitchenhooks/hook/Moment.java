package dev.kitchenhooks.hook;

/** On which side of the wrapped command a hook stands. */
public enum Moment {
  PRE,
  POST
}
