package dev.kitchenhooks.hook;

/** Where a hook's program runs. */
public sealed interface Place {
  /** On this machine. */
  record Controller() implements Place {}

  /** On the node that is deployed, over its connection. */
  record Node() implements Place {}

  /** In a container on this machine. */
  record InContainer(ContainerSpec spec) implements Place {}

  Place CONTROLLER = new Controller();
  Place NODE = new Node();
}
