package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;

/**
 * All that a plan is made from.
 *
 * @param command the orders as the operator gave them, for people
 * @param phase what is wrapped: {@code deploy}, or what {@code --phase} says
 * @param work what is done to the nodes
 * @param limits how many at once, and how many may fail
 * @param selected the nodes in run order, dummies among them
 * @param definitions every hook of the kitchen
 * @param skip the hooks that flags leave out
 */
public record PlanRequest(
    String command,
    String phase,
    Work work,
    Limits limits,
    List<NodeFacts> selected,
    List<HookDefinition> definitions,
    SkipFlags skip) {

  /** Whether node hooks run at all. */
  boolean wrapsNodes() {
    return !(work instanceof Work.CommandOnce);
  }

  /** The selected nodes that something is done to, in run order. */
  List<NodeFacts> live() {
    return selected.stream().filter(n -> !n.dummy()).toList();
  }
}
