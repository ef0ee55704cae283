package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.rules.RunRules;
import dev.kitchenhooks.rules.RunState;

/**
 * Tells the deployer which nodes' turns come next, so that it can connect to them before. As many
 * as may be in flight, and one for each node in flight that is connected itself: those whose turn
 * it is come first.
 */
final class NodesAhead {
  private final RunPlan plan;
  private final Deployer deployer;

  /** The index after the last node that was told. */
  private int told;

  private boolean over;

  NodesAhead(RunPlan plan, Deployer deployer) {
    this.plan = plan;
    this.deployer = deployer;
  }

  /** Looks at what has become of the run. */
  void look(RunState state) {
    boolean begun =
        switch (state.stage()) {
          case NOT_BEGUN, GLOBAL_PRE -> false;
          case WORK, GLOBAL_POST, OVER -> true;
        };
    if (over || !begun) {
      return;
    }
    int nodes = plan.nodes().size();
    if (state.nextNode() < nodes && RunRules.startsMoreNodes(plan, state)) {
      tell(state.nextNode(), Math.min(nodes, state.nextNode() + connected(state)));
    } else {
      over = true;
      if (told > state.nextNode()) {
        deployer.noneComing();
      }
    }
  }

  private void tell(int from, int end) {
    for (told = Math.max(told, from); told < end; told++) {
      deployer.coming(plan.nodes().get(told));
    }
  }

  private static int connected(RunState state) {
    return (int)
        state.inFlight().values().stream()
            .filter(node -> !(node instanceof RunState.NodeState.Connecting))
            .count();
  }
}
