package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.plan.PlannedHook;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the rules say of hooks, whatever they are wrapped around. */
final class HookRules {
  private HookRules() {}

  /** Whether a hook's end is a failure that matters. */
  static boolean fails(PlannedHook hook, int exit) {
    return exit != 0 && hook.definition().required();
  }

  /**
   * Why a node, or an application, is left out.
   *
   * @param outcome skipped or soft-skipped
   */
  record Skip(Outcome outcome, String reason) {
    boolean isError() {
      return outcome == Outcome.SKIPPED;
    }
  }

  /** Rule 3, for a batch of pre hooks that is over. */
  static Optional<Skip> skip(List<PlannedHook> hooks, HookBatch batch) {
    // An error must not hide behind a "not now".
    OptionalInt failed =
        batch.firstFailure(
            i -> batch.exit(i) != Outcome.NOT_NOW && fails(hooks.get(i), batch.exit(i)));
    if (failed.isPresent()) {
      return Optional.of(new Skip(Outcome.SKIPPED, reason(hooks, batch, failed.getAsInt())));
    }
    OptionalInt notNow = batch.firstFailure(i -> batch.exit(i) == Outcome.NOT_NOW);
    return notNow.isPresent()
        ? Optional.of(
            new Skip(Outcome.SOFT_SKIPPED, Reasons.softSkip(hooks.get(notNow.getAsInt()))))
        : Optional.empty();
  }

  /**
   * Rule 5, for a batch of post hooks that is over: the required one that failed first.
   *
   * @param before what failed in an earlier batch; it stays
   */
  static String failure(String before, List<PlannedHook> hooks, HookBatch batch) {
    OptionalInt failed = batch.firstFailure(i -> fails(hooks.get(i), batch.exit(i)));
    return before.isEmpty() && failed.isPresent()
        ? reason(hooks, batch, failed.getAsInt())
        : before;
  }

  private static String reason(List<PlannedHook> hooks, HookBatch batch, int failed) {
    return Reasons.hookFailed(hooks.get(failed), batch.exit(failed));
  }

  /**
   * Whether a post hook runs. Those of an application that do not say run only after success.
   *
   * @param code the return code that it would get
   * @param cut after an abort or an interrupt: only those that say {@code fail} or {@code always}
   */
  static boolean wanted(PlannedHook hook, int code, boolean cut) {
    RunCondition condition = hook.definition().runCondition();
    return switch (condition) {
      case ALWAYS -> true;
      case FAIL -> cut || code != 0;
      case PASS -> !cut && code == 0;
      case FINISHED -> !cut && (code == 0 || hook.type().scope() != Scope.APP);
    };
  }
}
