package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.Report;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What definitions say of order and time, and what will never happen of it. */
final class OrderLint {
  private OrderLint() {}

  static List<Problem> check(Loaded loaded) {
    var problems = new Problems();
    Set<HookDefinition> together = together(loaded);
    for (HookDefinition hook : loaded.hooks()) {
      var document = loaded.documents().get(hook.name());
      if (document == null) {
        continue;
      }
      var report = new Report(document, problems);
      if (hook.enabled() && hook.concurrent() && !together.contains(hook)) {
        report.warning(
            LintRule.NEVER_TOGETHER.id(),
            "/concurrent",
            "no neighbour of the same type and weight is \"concurrent\": the hook runs alone",
            null);
      }
      Retries retries = hook.retries();
      if (retries.attempts() > 1 && retries.delay().compareTo(retries.within()) >= 0) {
        report.warning(
            LintRule.NEVER_TRIED_AGAIN.id(),
            "/retries",
            "the delay of %s is not shorter than \"within\", %s: there is no second attempt"
                .formatted(Durations.format(retries.delay()), Durations.format(retries.within())),
            null);
      }
    }
    return problems.sorted();
  }

  /** The hooks that have a neighbour to run together with, in some type. */
  private static Set<HookDefinition> together(Loaded loaded) {
    Map<HookType, List<HookDefinition>> byType =
        loaded.hooks().stream()
            .filter(HookDefinition::enabled)
            .flatMap(hook -> hook.types().stream().map(type -> Map.entry(type, hook)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    var together = new HashSet<HookDefinition>();
    for (List<HookDefinition> ofType : byType.values()) {
      List<HookDefinition> inOrder =
          ofType.stream()
              .sorted(
                  Comparator.comparingInt(HookDefinition::weight)
                      .thenComparing(HookDefinition::name))
              .toList();
      for (int i = 1; i < inOrder.size(); i++) {
        HookDefinition one = inOrder.get(i - 1);
        HookDefinition next = inOrder.get(i);
        if (one.concurrent() && next.concurrent() && one.weight() == next.weight()) {
          Stream.of(one, next).forEach(together::add);
        }
      }
    }
    return together;
  }
}
