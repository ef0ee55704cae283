package dev.kitchenhooks.plan;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a run will do, decided before anything starts.
 *
 * @param command the orders as the operator gave them, for people and for {@code FIX_COMMAND}
 * @param phase what is wrapped: {@code deploy}, or what {@code --phase} says
 * @param work what is done to the nodes
 * @param limits how many at once, and how many may fail
 * @param globalPre in order
 * @param nodes in run order, dummies left out
 * @param dummies selected, but never configured
 * @param globalPost in order
 * @param skipped hooks that a flag left out
 */
public record RunPlan(
    String command,
    String phase,
    Work work,
    Limits limits,
    List<PlannedHook> globalPre,
    List<PlannedNode> nodes,
    List<NodeFacts> dummies,
    List<PlannedHook> globalPost,
    List<SkippedHook> skipped) {
  /** Every hook that may run. */
  public Stream<PlannedHook> hooks() {
    return Stream.concat(
        Stream.concat(globalPre.stream(), globalPost.stream()),
        nodes.stream().flatMap(PlannedNode::hooks));
  }

  /** The same, told with other words. */
  public RunPlan withCommand(String words) {
    return new RunPlan(words, phase, work, limits, globalPre, nodes, dummies, globalPost, skipped);
  }

  /** The same, with other work. */
  public RunPlan withWork(Work other) {
    return new RunPlan(
        command, phase, other, limits, globalPre, nodes, dummies, globalPost, skipped);
  }

  public List<String> fqdns() {
    return nodes.stream().map(PlannedNode::fqdn).toList();
  }
}
