package dev.kitchenhooks.demo;

/** Sees what reaches an embedded node, and may spoil it: the tests' faults come in here. */
public interface NodeWatcher {
  /** Sees nothing, spoils nothing. */
  NodeWatcher NONE = new NodeWatcher() {};

  /** Whether logins are accepted now; else each way to authenticate is refused. */
  default boolean acceptsLogins() {
    return true;
  }

  /** A client has logged in. */
  default void loggedIn() {}

  /** A connection has ended, of a client that had logged in or not. */
  default void disconnected() {}

  /** A client asked for a command; it starts when this returns. */
  default void commandArrived(String commandLine) {}

  /**
   * Input for a command arrived and is about to be handed to it.
   *
   * @param bytes how many at once
   * @return how many of them the command still gets; if fewer, the connection is cut after those
   */
  default int inputArrived(int bytes) {
    return bytes;
  }
}
