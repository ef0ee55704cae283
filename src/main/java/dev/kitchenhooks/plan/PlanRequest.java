package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;
import java.util.Map;

/**
 * All that a plan is made from.
 *
 * @param command the orders as the operator gave them, for people
 * @param phase what is wrapped: {@code deploy}, or what {@code --phase} says
 * @param work what is done to the nodes
 * @param limits how many at once, and how many may fail
 * @param selected the nodes in run order, dummies among them
 * @param applications those that are deployed, or taken away, by FQDN; nodes without any are not
 *     there
 * @param definitions every hook of the kitchen
 * @param skip the hooks that flags leave out
 */
public record PlanRequest(
    String command,
    String phase,
    Work work,
    Limits limits,
    List<NodeFacts> selected,
    Map<String, List<Application>> applications,
    List<HookDefinition> definitions,
    SkipFlags skip) {

  /** Whether node hooks run at all. */
  boolean wrapsNodes() {
    return !(work instanceof Work.CommandOnce);
  }

  /** The applications of a node that have their turn. */
  List<Application> applicationsOf(NodeFacts node) {
    return applications.getOrDefault(node.fqdn(), List.of());
  }

  /** The selected nodes that something is done to, in run order. */
  List<NodeFacts> live() {
    return selected.stream().filter(n -> !n.dummy()).toList();
  }
}
