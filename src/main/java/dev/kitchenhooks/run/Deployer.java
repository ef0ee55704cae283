package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import java.util.Optional;
import java.util.SortedMap;

/** What is wrapped in hooks, for each node: over SSH, or any local command. Thread-safe. */
public interface Deployer {
  /**
   * Makes ready for a node's turn: connects, where there is something to connect to.
   *
   * @throws UnreachableException if the node cannot be reached; none of its hooks will run
   */
  Target open(PlannedNode node, StopRequest stop) throws UnreachableException;

  /**
   * A node's turn comes soon: it may be connected to already, but nothing is done on it. Returns at
   * once.
   */
  default void coming(PlannedNode node) {}

  /** No further node's turn comes: what was connected to before its turn is let go. */
  default void noneComing() {}

  /** A node that is ready. */
  interface Target extends AutoCloseable {
    /** Deploys. This or the other is called, at most once. */
    DeployResult deploy(LineSink output, StopRequest stop);

    /**
     * The same, where what is run can be told the values that hooks have handed on.
     *
     * @param values by key
     */
    default DeployResult deploy(
        SortedMap<String, String> values, LineSink output, StopRequest stop) {
      return deploy(output, stop);
    }

    /** The connection that it holds, for hooks that run on the node. */
    default Optional<NodeSession> session() {
      return Optional.empty();
    }

    @Override
    void close();
  }
}
