package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import java.util.ArrayList;
import java.util.List;

/** The kinds of hook that the rules tell apart, and the lists that they make. */
final class Kinds {
  private Kinds() {}

  /** A pre hook has no condition: required or not. */
  static final List<Kind> PRE = List.of(Kind.REQUIRED, Kind.OPTIONAL);

  /** Every condition, required or not: eight kinds. */
  static final List<Kind> POST = allPostKinds();

  /** Every list of up to so many hooks of these kinds, the empty one first. */
  static List<List<Kind>> lists(List<Kind> kinds, int longest) {
    List<List<Kind>> lists = new ArrayList<>();
    lists.add(List.of());
    int from = 0;
    for (int length = 1; length <= longest; length++) {
      int to = lists.size();
      for (List<Kind> shorter : List.copyOf(lists.subList(from, to))) {
        for (Kind kind : kinds) {
          List<Kind> list = new ArrayList<>(shorter);
          list.add(kind);
          lists.add(List.copyOf(list));
        }
      }
      from = to;
    }
    return lists;
  }

  private static List<Kind> allPostKinds() {
    List<Kind> kinds = new ArrayList<>();
    for (RunCondition condition : RunCondition.values()) {
      kinds.add(Kind.on(condition));
      kinds.add(Kind.on(condition).optional());
    }
    return List.copyOf(kinds);
  }
}
