package dev.kitchenhooks.plan;

import java.util.List;

/**
 * Which hooks of a list run together: neighbours of one type and equal weight that all say {@code
 * concurrent}. Every other hook is a group of its own.
 */
public final class HookGroups {
  private HookGroups() {}

  /** The index of the first hook of the group that the hook at {@code index} is in. */
  public static int start(List<PlannedHook> hooks, int index) {
    int start = index;
    while (start > 0 && together(hooks.get(start - 1), hooks.get(start))) {
      start--;
    }
    return start;
  }

  /** The index after the last hook of the group that the hook at {@code index} is in. */
  public static int end(List<PlannedHook> hooks, int index) {
    int end = index + 1;
    while (end < hooks.size() && together(hooks.get(end - 1), hooks.get(end))) {
      end++;
    }
    return end;
  }

  private static boolean together(PlannedHook one, PlannedHook next) {
    return one.definition().concurrent()
        && next.definition().concurrent()
        && one.definition().weight() == next.definition().weight()
        && one.type().equals(next.type());
  }
}
