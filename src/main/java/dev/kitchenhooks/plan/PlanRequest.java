package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookedCommand;
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

  /** What the filter {@code commands} looks at. */
  public HookedCommand hookedCommand() {
    return switch (work) {
      case Work.Converge _ -> HookedCommand.FIX;
      case Work.CommandPerNode _, Work.CommandOnce _ -> HookedCommand.WRAP;
    };
  }

  /** Whether only hooks run that say {@code "why_run": true}. */
  public boolean whyRun() {
    return switch (work) {
      case Work.Converge(boolean whyRun) -> whyRun;
      case Work.CommandPerNode _, Work.CommandOnce _ -> false;
    };
  }

  /** Whether node hooks run at all. */
  boolean wrapsNodes() {
    return switch (work) {
      case Work.Converge _, Work.CommandPerNode _ -> true;
      case Work.CommandOnce _ -> false;
    };
  }

  /** The selected nodes that something is done to, in run order. */
  List<NodeFacts> live() {
    return selected.stream().filter(n -> !n.dummy()).toList();
  }
}
