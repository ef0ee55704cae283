package dev.kitchenhooks.hook;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whom a hook runs for. Values inside a key are OR, keys are AND.
 *
 * @param values the patterns by key, in the order of {@link FilterKey}; a key that is not there
 *     filters nothing
 */
public record Filters(Map<FilterKey, List<String>> values) {
  public static final Filters NONE = new Filters(Map.of());

  /**
   * Whether a hook with these filters runs for a node, and if not, which filter decided: the first
   * in the order of {@link FilterKey} that does not match. {@link NodeIndex} answers the same for
   * many nodes at once.
   *
   * @param command the word of the command that is wrapped, see {@link HookedCommand}
   */
  public Verdict judge(NodeFacts node, String command) {
    for (FilterKey key : FilterKey.values()) {
      List<String> patterns = values.getOrDefault(key, List.of());
      if (key == FilterKey.COMMANDS) {
        if (!acceptsCommand(command)) {
          return new Verdict.DoesNotRun(key, patterns, List.of(command));
        }
      } else if (!patterns.isEmpty()) {
        Collection<String> has = PatternList.valuesOf(key, node);
        if (!PatternList.accepts(patterns, p -> anyMatches(key, p, has))) {
          return new Verdict.DoesNotRun(key, patterns, List.copyOf(has));
        }
      }
    }
    return new Verdict.Runs();
  }

  /** Whether {@link FilterKey#COMMANDS}, or its default, lets a command through. */
  public boolean acceptsCommand(String command) {
    List<String> patterns = values.getOrDefault(FilterKey.COMMANDS, List.of());
    boolean named = patterns.stream().anyMatch(pattern -> !PatternList.isNegated(pattern));
    if (!named && !HookedCommand.of(command).map(HookedCommand::configuresNodes).orElse(false)) {
      // Who only takes a command out has not asked for those that are none of the default.
      return false;
    }
    return PatternList.accepts(
        patterns, p -> PatternList.matcher(FilterKey.COMMANDS, p).test(command));
  }

  private static boolean anyMatches(FilterKey key, String pattern, Collection<String> has) {
    return has.stream().anyMatch(PatternList.matcher(key, pattern));
  }
}
