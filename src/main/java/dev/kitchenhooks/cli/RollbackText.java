package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.Rollback;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.util.List;

/** What is said of a rollback before it begins. */
final class RollbackText {
  /** Of more nodes than this only the first are named. */
  private static final int SHOWN = 10;

  private RollbackText() {}

  /** A line for each reason why nodes are left alone. */
  static List<String> left(Rollback back) {
    return back.left().entrySet().stream()
        .map(left -> "Left alone, as %s: %s".formatted(left.getKey(), names(left.getValue())))
        .toList();
  }

  static FixException impossible(Rollback back) {
    List<Problem> problems = back.problems();
    if (problems.size() == 1) {
      return FixException.invalid(
          "run %s cannot be rolled back on %s".formatted(back.run(), problems.getFirst().message()),
          problems.getFirst().hint());
    }
    return FixException.invalid(
        "run %s cannot be rolled back on all of its nodes; nothing has run".formatted(back.run()),
        problems);
  }

  /** {@code a, b and 12 more}. */
  static String names(List<String> fqdns) {
    String shown = String.join(", ", fqdns.stream().limit(SHOWN).toList());
    return fqdns.size() > SHOWN ? shown + " and %d more".formatted(fqdns.size() - SHOWN) : shown;
  }
}
