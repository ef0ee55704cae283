package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.NodeIndex;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides all that a run will do. Pure: starts nothing, reads nothing. */
public final class Planner {
  private final PlanRequest request;
  private final NodeIndex index;
  private final List<PlannedHook> nodeHooks = new ArrayList<>();
  private final List<PlannedHook> globalHooks = new ArrayList<>();
  private final List<SkippedHook> skipped = new ArrayList<>();

  /** For each node, the positions of its hooks in {@link #nodeHooks}. */
  private final BitSet[] hooksOfNode;

  private Planner(PlanRequest request) {
    this.request = request;
    this.index = new NodeIndex(request.live());
    this.hooksOfNode = new BitSet[index.nodes().size()];
    for (int i = 0; i < hooksOfNode.length; i++) {
      hooksOfNode[i] = new BitSet();
    }
  }

  /**
   * The plan of a run. Hooks stand in the order in which they run: by weight, equal weights by
   * name. Hooks that a flag leaves out are listed as skipped where they would have run.
   */
  public static RunPlan plan(PlanRequest request) {
    var planner = new Planner(request);
    Candidates.of(request).forEach(planner::place);
    return planner.result();
  }

  private void place(PlannedHook hook) {
    BitSet matching =
        index.matching(hook.definition().filters(), request.work().hookedCommand().word());
    if (matching.isEmpty()) {
      return;
    }
    Optional<String> flag = Candidates.skippedBy(hook, request);
    if (flag.isPresent()) {
      skipped.add(new SkippedHook(hook, flag.get()));
    } else if (Candidates.isGlobal(hook)) {
      globalHooks.add(hook);
    } else {
      int position = nodeHooks.size();
      nodeHooks.add(hook);
      matching.stream().forEach(node -> hooksOfNode[node].set(position));
    }
  }

  private RunPlan result() {
    // Fleets have few kinds of nodes: those with equal hooks share their lists.
    record Hooks(List<PlannedHook> pre, List<PlannedHook> post) {}
    Map<BitSet, Hooks> shared = new HashMap<>();
    var nodes = new ArrayList<PlannedNode>(hooksOfNode.length);
    for (int i = 0; i < hooksOfNode.length; i++) {
      Hooks hooks =
          shared.computeIfAbsent(
              hooksOfNode[i],
              positions -> {
                List<PlannedHook> all = positions.stream().mapToObj(nodeHooks::get).toList();
                return new Hooks(at(Moment.PRE, all), at(Moment.POST, all));
              });
      nodes.add(new PlannedNode(index.nodes().get(i), hooks.pre, hooks.post));
    }
    return new RunPlan(
        request.command(),
        request.phase(),
        request.work(),
        request.limits(),
        at(Moment.PRE, globalHooks),
        List.copyOf(nodes),
        request.selected().stream().filter(NodeFacts::dummy).toList(),
        at(Moment.POST, globalHooks),
        List.copyOf(skipped));
  }

  private static List<PlannedHook> at(Moment moment, List<PlannedHook> hooks) {
    return hooks.stream().filter(hook -> hook.type().moment() == moment).toList();
  }
}
