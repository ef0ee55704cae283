package dev.kitchenhooks.remote;

import dev.kitchenhooks.process.StopRequest;

/** Opens connections to nodes. Thread-safe. */
@FunctionalInterface
public interface NodeConnector {
  /**
   * @param fqdn the node's name in the kitchen
   * @param stop when raised, the attempt is given up
   * @throws UnreachableException if no connection was made, for whatever reason
   */
  NodeSession connect(String fqdn, StopRequest stop) throws UnreachableException;
}
