package dev.kitchenhooks.hook;

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
}
