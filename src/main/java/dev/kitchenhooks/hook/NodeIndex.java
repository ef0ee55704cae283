package dev.kitchenhooks.hook;

import dev.kitchenhooks.kitchen.Glob;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers which nodes filters match, for many nodes and many filters at once: each distinct pattern
 * is matched once against each distinct value of its key, never against each node. Agrees with
 * {@link Filters#judge}. Not thread-safe.
 */
public final class NodeIndex {
  private final List<NodeFacts> nodes;
  private final Map<FilterKey, Map<String, BitSet>> nodesByValue = new EnumMap<>(FilterKey.class);
  private final Map<FilterKey, Map<String, BitSet>> nodesByPattern = new EnumMap<>(FilterKey.class);

  public NodeIndex(List<NodeFacts> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** The nodes; the bits of the other methods' answers are indices into this list. */
  public List<NodeFacts> nodes() {
    return nodes;
  }

  /** The nodes that all filters match, in a run of {@code command}. */
  public BitSet matching(Filters filters, String command) {
    if (!filters.acceptsCommand(command)) {
      return new BitSet();
    }
    return matching(filters);
  }

  /** The nodes that all filters but {@code commands} match. */
  BitSet matching(Filters filters) {
    BitSet result = all();
    filters
        .values()
        .forEach((key, patterns) -> {
          if (key != FilterKey.COMMANDS) {
            result.and(matching(key, patterns));
          }
        });
    return result;
  }

  /** The nodes that the values of one key match. */
  BitSet matching(FilterKey key, List<String> patterns) {
    var positive = new BitSet();
    var negative = new BitSet();
    boolean anyPositive = false;
    for (String pattern : patterns) {
      if (PatternList.isNegated(pattern)) {
        negative.or(having(key, PatternList.positive(pattern)));
      } else {
        anyPositive = true;
        positive.or(having(key, pattern));
      }
    }
    BitSet result = anyPositive ? positive : all();
    result.andNot(negative);
    return result;
  }

  /** All values of a key that nodes have. */
  Set<String> values(FilterKey key) {
    return nodesByValue.computeIfAbsent(key, this::index).keySet();
  }

  private BitSet all() {
    var all = new BitSet(nodes.size());
    all.set(0, nodes.size());
    return all;
  }

  /** The nodes that have what a pattern without sign stands for. Shared: not to be changed. */
  private BitSet having(FilterKey key, String pattern) {
    return nodesByPattern
        .computeIfAbsent(key, k -> new HashMap<>())
        .computeIfAbsent(pattern, p -> find(key, p));
  }

  private BitSet find(FilterKey key, String pattern) {
    Map<String, BitSet> byValue = nodesByValue.computeIfAbsent(key, this::index);
    var found = new BitSet(nodes.size());
    if (!Glob.isGlob(pattern) && key != FilterKey.RECIPES) {
      // The usual case, and the one of long lists of names: no need to look at every value.
      found.or(byValue.getOrDefault(pattern, new BitSet()));
      return found;
    }
    Predicate<String> matcher = PatternList.matcher(key, pattern);
    byValue.forEach((value, having) -> {
      if (matcher.test(value)) {
        found.or(having);
      }
    });
    return found;
  }

  private Map<String, BitSet> index(FilterKey key) {
    var byValue = new LinkedHashMap<String, BitSet>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String value : PatternList.valuesOf(key, nodes.get(i))) {
        byValue.computeIfAbsent(value, v -> new BitSet()).set(i);
      }
    }
    return byValue;
  }
}
