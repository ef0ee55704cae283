package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.NodeIndex;
import dev.kitchenhooks.hook.Scope;
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

  /** The nodes that have applications. */
  private final BitSet withApplications = new BitSet();

  /** For each node, the positions of its hooks in {@link #nodeHooks}. */
  private final BitSet[] hooksOfNode;

  private Planner(PlanRequest request) {
    this.request = request;
    this.index = new NodeIndex(request.live());
    this.hooksOfNode = new BitSet[index.nodes().size()];
    for (int i = 0; i < hooksOfNode.length; i++) {
      hooksOfNode[i] = new BitSet();
      withApplications.set(i, !request.applicationsOf(index.nodes().get(i)).isEmpty());
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
        index.matching(
            hook.definition().filters(), hook.commandFor(request.work().hookedCommand()));
    if (hook.type().scope() == Scope.APP) {
      matching.and(withApplications);
    }
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
    record Hooks(
        List<PlannedHook> pre,
        List<PlannedHook> post,
        List<PlannedHook> appPre,
        List<PlannedHook> appPost) {}
    Map<BitSet, Hooks> shared = new HashMap<>();
    var nodes = new ArrayList<PlannedNode>(hooksOfNode.length);
    for (int i = 0; i < hooksOfNode.length; i++) {
      Hooks hooks =
          shared.computeIfAbsent(
              hooksOfNode[i],
              positions -> {
                List<PlannedHook> all = positions.stream().mapToObj(nodeHooks::get).toList();
                List<PlannedHook> ofNode = of(Scope.NODE, all);
                List<PlannedHook> ofApp = of(Scope.APP, all);
                return new Hooks(
                    at(Moment.PRE, ofNode),
                    at(Moment.POST, ofNode),
                    at(Moment.PRE, ofApp),
                    at(Moment.POST, ofApp));
              });
      NodeFacts node = index.nodes().get(i);
      List<PlannedApp> apps =
          request.applicationsOf(node).stream()
              .map(application -> new PlannedApp(application, hooks.appPre, hooks.appPost))
              .toList();
      nodes.add(new PlannedNode(node, hooks.pre, hooks.post, apps));
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

  private static List<PlannedHook> of(Scope scope, List<PlannedHook> hooks) {
    return hooks.stream().filter(hook -> hook.type().scope() == scope).toList();
  }

  private static List<PlannedHook> at(Moment moment, List<PlannedHook> hooks) {
    return hooks.stream().filter(hook -> hook.type().moment() == moment).toList();
  }
}
