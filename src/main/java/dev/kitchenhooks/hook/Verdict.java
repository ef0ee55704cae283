package dev.kitchenhooks.hook;

import java.util.List;
import java.util.stream.Collectors;

/** Whether filters let a hook run for a node, and if not, which of them decided. */
public sealed interface Verdict {
  /** All filters match. */
  record Runs() implements Verdict {
    @Override
    public String text() {
      return "its filters match";
    }
  }

  /**
   * One filter does not match; those after it were not asked.
   *
   * @param decidedBy the filter
   * @param patterns its values as the definition has them; empty, or without a positive one, for
   *     the default of {@link FilterKey#COMMANDS}
   * @param has what the node (for {@link FilterKey#COMMANDS}: the run) has there
   */
  record DoesNotRun(FilterKey decidedBy, List<String> patterns, List<String> has)
      implements Verdict {
    private static final int SHOWN = 8;

    @Override
    public String text() {
      for (String pattern : patterns) {
        for (String value : has) {
          if (PatternList.isNegated(pattern)
              && PatternList.matcher(decidedBy, PatternList.positive(pattern)).test(value)) {
            return "%s: \"%s\" is excluded by \"%s\"".formatted(decidedBy.key(), value, pattern);
          }
        }
      }
      List<String> wanted = patterns.stream().filter(p -> !PatternList.isNegated(p)).toList();
      if (wanted.isEmpty()) {
        return "%s: %s does not configure nodes".formatted(decidedBy.key(), quoted(has));
      }
      return has.isEmpty()
          ? "%s: has none, wanted %s".formatted(decidedBy.key(), quoted(wanted))
          : "%s: has %s, wanted %s".formatted(decidedBy.key(), quoted(has), quoted(wanted));
    }

    private static String quoted(List<String> words) {
      String shown =
          words.stream().limit(SHOWN).map(w -> "\"" + w + "\"").collect(Collectors.joining(", "));
      int more = words.size() - SHOWN;
      return more > 0 ? shown + " and " + more + " more" : shown;
    }
  }

  /** One line for people. */
  String text();
}
