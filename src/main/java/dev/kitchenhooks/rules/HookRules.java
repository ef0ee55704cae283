package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedHook;

/** What the rules say of one hook, global or of a node. */
final class HookRules {
  private HookRules() {}

  /** Whether a hook's end is a failure that matters. */
  static boolean fails(PlannedHook hook, int exit) {
    return exit != 0 && hook.definition().required();
  }

  /**
   * Whether a post hook runs.
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
      case FINISHED -> !cut;
    };
  }
}
