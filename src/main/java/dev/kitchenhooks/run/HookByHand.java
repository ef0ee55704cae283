package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs one hook outside of a run, through the very code that a run uses. */
public final class HookByHand {
  private HookByHand() {}

  /**
   * Runs it to its end and returns its exit code.
   *
   * @param plan what the hook is told of as the run: its nodes, its command
   * @param node the node of a node hook
   * @param session the connection to that node, where the hook needs one
   * @param returnCode what a post hook gets; empty for others
   */
  public static int run(
      RunFacts run,
      RunPlan plan,
      PlannedHook hook,
      Optional<PlannedNode> node,
      Optional<NodeSession> session,
      OptionalInt returnCode,
      RunEngine.HookTools tools,
      StopRequest stop) {
    var contexts = new ContextFiles(run, plan, tools.matches());
    contexts.writeNodesFile();
    String reason =
        returnCode.isEmpty()
            ? ""
            : node.isPresent()
                ? FixReason.ofNode(plan.work(), returnCode.getAsInt(), false, false)
                : FixReason.ofRun(plan.work(), returnCode.getAsInt(), false, false);
    try {
      return new HookExecutor(run, plan, contexts, tools)
          .run(hook, node, session, returnCode, reason, stop);
    } finally {
      contexts.deleteNodesFile();
    }
  }
}
