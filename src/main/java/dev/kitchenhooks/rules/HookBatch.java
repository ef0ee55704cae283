package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.HookGroups;
import dev.kitchenhooks.plan.PlannedHook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Hooks that were started together, named by their indexes in the list that they are from: those of
 * a group whose conditions hold, or one hook alone. What comes after them waits for all of them.
 *
 * @param next index of the first hook after the group
 * @param running those that have not ended, in order
 * @param failures the codes, not 0, of those that ended before a signal arrived: whoever ends after
 *     it may have been told to
 */
public record HookBatch(int next, List<Integer> running, Map<Integer, Integer> failures) {
  static final HookBatch NONE = new HookBatch(0, List.of(), Map.of());

  /**
   * The first group from {@code from} on, of which at least one hook is wanted.
   *
   * @param from where a group begins
   */
  static Optional<HookBatch> first(
      List<PlannedHook> hooks, int from, Predicate<PlannedHook> wanted) {
    int begin = from;
    while (begin < hooks.size()) {
      int end = HookGroups.end(hooks, begin);
      var running = new ArrayList<Integer>();
      for (int i = begin; i < end; i++) {
        if (wanted.test(hooks.get(i))) {
          running.add(i);
        }
      }
      if (!running.isEmpty()) {
        return Optional.of(new HookBatch(end, List.copyOf(running), Map.of()));
      }
      begin = end;
    }
    return Optional.empty();
  }

  /**
   * What is left of it when one has ended.
   *
   * @param interrupted whether a signal had arrived before
   * @throws IllegalStateException if that hook does not run
   */
  HookBatch ended(int hook, int exit, boolean interrupted) {
    var left = new ArrayList<>(running);
    if (!left.remove(Integer.valueOf(hook))) {
      throw new IllegalStateException("hook " + hook + " does not run");
    }
    Map<Integer, Integer> failed = failures;
    if (exit != 0 && !interrupted) {
      failed = new HashMap<>(failures);
      failed.put(hook, exit);
    }
    return new HookBatch(next, List.copyOf(left), Map.copyOf(failed));
  }

  boolean over() {
    return running.isEmpty();
  }

  /** The first in the plan's order, not the first to end, of the failures that match. */
  OptionalInt firstFailure(IntPredicate matches) {
    return failures.keySet().stream().mapToInt(i -> i).filter(matches).min();
  }

  /** The code of a failure. */
  int exit(int hook) {
    return failures.getOrDefault(hook, 0);
  }
}
