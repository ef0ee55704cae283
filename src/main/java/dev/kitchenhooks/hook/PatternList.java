package dev.kitchenhooks.hook;

import dev.kitchenhooks.kitchen.Glob;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The values of one filter key, matched against what a node has. Values are OR. */
public final class PatternList {
  private PatternList() {}

  public static boolean isNegated(String value) {
    return value.startsWith("!");
  }

  /** The pattern without the sign that negates it. */
  public static String positive(String value) {
    return isNegated(value) ? value.substring(1) : value;
  }

  /**
   * Whether values let through who {@code has} what a pattern stands for: some positive one, if
   * there is one, and no negated one.
   */
  public static boolean accepts(List<String> values, Predicate<String> has) {
    boolean anyPositive = false;
    boolean matched = false;
    for (String value : values) {
      if (!isNegated(value)) {
        anyPositive = true;
        matched = matched || has.test(value);
      } else if (has.test(positive(value))) {
        return false;
      }
    }
    return matched || !anyPositive;
  }

  /** Whether a value of a node is one that a pattern without sign stands for. */
  static Predicate<String> matcher(FilterKey key, String pattern) {
    Predicate<String> text = Glob.matcher(pattern);
    if (key != FilterKey.RECIPES) {
      return text;
    }
    // nginx and nginx::default are two names of one recipe, whichever of them is written.
    return value -> text.test(value) || (!value.contains("::") && text.test(value + "::default"));
  }

  /** What a node has under a key; nothing for {@link FilterKey#COMMANDS}, which is the run's. */
  static SortedSet<String> valuesOf(FilterKey key, NodeFacts node) {
    return switch (key) {
      case CHEF_ENVIRONMENT -> one(node.environment());
      case ROLES -> node.roles();
      case NODES -> one(node.fqdn());
      case RECIPES -> node.recipes();
      case TAGS -> node.tags();
      case PLATFORM -> node.platform().map(PatternList::one).orElseGet(TreeSet::new);
      case COMMANDS -> new TreeSet<>();
    };
  }

  private static SortedSet<String> one(String value) {
    return new TreeSet<>(List.of(value));
  }
}
