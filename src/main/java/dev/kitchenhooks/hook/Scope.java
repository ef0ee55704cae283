package dev.kitchenhooks.hook;

/** How often a hook runs. */
public enum Scope {
  /** Once a run. */
  GLOBAL,
  /** Once a node. */
  NODE,
  /** Once an application. */
  APP,
  /** Only when {@code fix hooks run NAME} starts it. */
  USER
}
