package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.plan.PlannedHook;
import java.util.ArrayList;
import java.util.List;

/** The hooks of a list as the contract puts them into groups, for the oracle. */
final class Groups {
  private Groups() {}

  /** The indexes of each group, in order. */
  static List<List<Integer>> of(List<PlannedHook> hooks) {
    List<List<Integer>> groups = new ArrayList<>();
    String last = "";
    for (int i = 0; i < hooks.size(); i++) {
      HookDefinition hook = hooks.get(i).definition();
      // What is not concurrent shares its key with nothing.
      String key = hook.concurrent() ? "weight " + hook.weight() : "alone " + i;
      if (!key.equals(last)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(i);
      last = key;
    }
    return groups;
  }
}
