package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.hook.Verdict;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says for each hook and node whether it runs, and what decided. Agrees with {@link Planner}. */
public final class Explainer {
  private final PlanRequest request;

  private Explainer(PlanRequest request) {
    this.request = request;
  }

  /**
   * Explains a run, hook by hook in the order in which they run, node by node in run order. What
   * holds for a hook whatever the node is said once.
   *
   * @param hookName only this hook; empty for all
   * @return lazily, as there are nodes times hooks of them
   * @throws FixException if no hook has that name
   */
  public static Stream<Explained> explain(PlanRequest request, Optional<String> hookName) {
    List<HookDefinition> definitions = request.definitions();
    if (hookName.isPresent()) {
      definitions = List.of(named(hookName.get(), definitions));
    }
    var explainer = new Explainer(request);
    return definitions.stream()
        .flatMap(d -> d.types().stream().map(type -> new PlannedHook(d, type)))
        .sorted(Comparator.comparingInt(Explainer::stage).thenComparing(Candidates.ORDER))
        .flatMap(explainer::explain);
  }

  private static HookDefinition named(String name, List<HookDefinition> definitions) {
    return definitions.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            FixException.invalid(
                "no hook is called \"%s\"".formatted(name),
                Nearest.hint(name, definitions.stream().map(HookDefinition::name).toList())));
  }

  /** Where in a run a type stands. */
  private static int stage(PlannedHook hook) {
    boolean pre = hook.type().moment() == Moment.PRE;
    return switch (hook.type().scope()) {
      case GLOBAL -> pre ? 0 : 5;
      case NODE -> pre ? 1 : 4;
      case APP -> pre ? 2 : 3;
      case USER -> 6;
    };
  }

  private Stream<Explained> explain(PlannedHook hook) {
    Optional<Decision> whole = decidedAsAWhole(hook);
    if (whole.isPresent()) {
      return Stream.of(new Explained(hook, Optional.empty(), whole.get()));
    }
    if (Candidates.isGlobal(hook)) {
      return Stream.of(new Explained(hook, Optional.empty(), global(hook)));
    }
    return request.selected().stream()
        .map(node -> new Explained(hook, Optional.of(node.fqdn()), forNode(hook, node)));
  }

  private Optional<Decision> decidedAsAWhole(PlannedHook hook) {
    HookType type = hook.type();
    if (!hook.definition().enabled()) {
      return Optional.of(new Decision.Disabled());
    }
    if (type.scope() == Scope.USER) {
      return Optional.of(new Decision.OnlyByHand());
    }
    if (!type.phase().equals(request.phase())) {
      return Optional.of(new Decision.OtherPhase(request.phase()));
    }
    if (type.scope() != Scope.GLOBAL && !request.wrapsNodes()) {
      return Optional.of(new Decision.CommandRunsOnce());
    }
    String command = hook.commandFor(request.work().hookedCommand());
    if (!hook.definition().filters().acceptsCommand(command)) {
      List<String> patterns =
          hook.definition().filters().values().getOrDefault(FilterKey.COMMANDS, List.of());
      return Optional.of(
          new Decision.Filtered(
              new Verdict.DoesNotRun(FilterKey.COMMANDS, patterns, List.of(command))));
    }
    return Candidates.skippedBy(hook, request).map(Decision.Skipped::new);
  }

  private Decision forNode(PlannedHook hook, NodeFacts node) {
    if (node.dummy()) {
      return new Decision.DummyNode();
    }
    if (hook.type().scope() == Scope.APP && request.applicationsOf(node).isEmpty()) {
      return new Decision.NoApplication();
    }
    return switch (judge(hook, node)) {
      case Verdict.Runs _ -> new Decision.Runs(List.of());
      case Verdict.DoesNotRun no -> new Decision.Filtered(no);
    };
  }

  private Verdict judge(PlannedHook hook, NodeFacts node) {
    return hook.definition().filters().judge(node, hook.commandFor(request.work().hookedCommand()));
  }

  private Decision global(PlannedHook hook) {
    var matching = new ArrayList<String>();
    Map<FilterKey, Integer> leftOut = new EnumMap<>(FilterKey.class);
    for (NodeFacts node : request.live()) {
      switch (judge(hook, node)) {
        case Verdict.Runs _ -> matching.add(node.fqdn());
        case Verdict.DoesNotRun no -> leftOut.merge(no.decidedBy(), 1, Integer::sum);
      }
    }
    return matching.isEmpty()
        ? new Decision.NoNodeMatches(Collections.unmodifiableMap(leftOut))
        : new Decision.Runs(List.copyOf(matching));
  }
}
