package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.PatternList;
import dev.kitchenhooks.kitchen.Glob;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * {@code --limit}: keeps a run to some of the nodes that its orders choose. Its patterns mean what
 * the values of a filter do: names and globs, a leading {@code !} negates.
 *
 * @param patterns each of them; none keeps all nodes
 */
public record NodeLimit(List<String> patterns) {
  public static final NodeLimit NONE = new NodeLimit(List.of());

  public NodeLimit {
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads what {@code --limit} says, each time it is given.
   *
   * @throws FixException if a pattern is none
   */
  public static NodeLimit parse(List<String> options) {
    var patterns = new ArrayList<String>();
    for (String option : options) {
      for (String word : option.split(",", -1)) {
        String pattern = word.strip();
        String name = PatternList.positive(pattern).strip();
        Optional<String> fault = name.isEmpty() ? Optional.of("lacks a name") : Glob.fault(name);
        if (fault.isPresent()) {
          throw FixException.invalid(
              "--limit %s: \"%s\" %s".formatted(option, pattern, fault.get()),
              "try --limit 'web*,!web3.example.com'");
        }
        patterns.add(PatternList.isNegated(pattern) ? "!" + name : name);
      }
    }
    return new NodeLimit(patterns);
  }

  /**
   * Those of the nodes that are meant, in their order.
   *
   * @throws FixException if a name stands there that none of them has: whoever misspells the node
   *     to be left out must not see it changed
   */
  public List<NodeFacts> of(List<NodeFacts> nodes) {
    var meant = new HashSet<>(ofNames(nodes.stream().map(NodeFacts::fqdn).toList()));
    return nodes.stream().filter(node -> meant.contains(node.fqdn())).toList();
  }

  /**
   * The same of their names.
   *
   * @throws FixException if a name stands there that none of them has
   */
  public List<String> ofNames(List<String> fqdns) {
    requireKnown(new TreeSet<>(fqdns));
    Map<String, Predicate<String>> matchers = new HashMap<>();
    Function<String, Predicate<String>> matcher =
        pattern -> matchers.computeIfAbsent(pattern, p -> Glob.matcher(PatternList.positive(p)));
    return fqdns.stream()
        .filter(fqdn -> PatternList.accepts(patterns, pattern -> matcher.apply(pattern).test(fqdn)))
        .toList();
  }

  private void requireKnown(Set<String> names) {
    var problems = new Problems();
    for (String pattern : patterns) {
      String name = PatternList.positive(pattern);
      if (!Glob.isGlob(name) && !names.contains(name)) {
        problems.add(
            new Problem(
                Problem.Severity.ERROR,
                null,
                0,
                0,
                "--limit %s: the orders choose no node of this name".formatted(pattern),
                Nearest.hint(name, names)));
      }
    }
    List<Problem> errors = problems.errors();
    if (errors.size() == 1) {
      throw FixException.invalid(errors.getFirst().message(), errors.getFirst().hint());
    }
    problems.throwIfErrors("--limit names nodes that are not among those chosen; nothing has run");
  }
}
