package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which hooks may run at all, before any node is looked at. */
final class Candidates {
  /** Lower weights first; equal weights by name. */
  static final Comparator<PlannedHook> ORDER =
      Comparator.comparingInt((PlannedHook h) -> h.definition().weight())
          .thenComparing(PlannedHook::name);

  private Candidates() {}

  /** Every hook of a request's phase that is enabled and whose scope the work has, in order. */
  static List<PlannedHook> of(PlanRequest request) {
    var candidates = new ArrayList<PlannedHook>();
    for (HookDefinition definition : request.definitions()) {
      for (HookType type : definition.types()) {
        if (definition.enabled() && isRun(type, request)) {
          candidates.add(new PlannedHook(definition, type));
        }
      }
    }
    candidates.sort(ORDER);
    return candidates;
  }

  private static boolean isRun(HookType type, PlanRequest request) {
    return type.phase().equals(request.phase())
        && switch (type.scope()) {
          case GLOBAL -> true;
          case NODE -> request.wrapsNodes();
          case APP -> !request.applications().isEmpty();
          case USER -> false;
        };
  }

  /** The flag that leaves a candidate out; empty if none does. */
  static Optional<String> skippedBy(PlannedHook hook, PlanRequest request) {
    Optional<String> flag = request.skip().reasonFor(hook);
    if (flag.isEmpty() && request.work().isWhyRun() && !hook.definition().whyRun()) {
      return Optional.of("--why-run");
    }
    return flag;
  }

  static boolean isGlobal(PlannedHook hook) {
    return hook.type().scope() == Scope.GLOBAL;
  }
}
