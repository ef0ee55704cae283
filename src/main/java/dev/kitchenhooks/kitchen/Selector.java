package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns orders into nodes, and decides which broken files stop the run: those of nodes that are
 * asked for by name, or by asking for all. Who asks for nodes with some property gets those that
 * have it; a node of which that cannot be known is left out, and named in a warning.
 */
final class Selector {
  private final Orders orders;
  private final Optional<String> environment;
  private final boolean guests;
  private final List<String> names;
  private final Set<String> known;
  private final Map<String, LoadedNode> loaded = new LinkedHashMap<>();

  /** In run order. */
  private final Set<String> selected = new LinkedHashSet<>();

  /** Asked for such that they must be sound. */
  private final Set<String> needed = new LinkedHashSet<>();

  private final Problems warnings = new Problems();

  private Selector(
      Orders orders, Optional<String> environment, boolean guests, List<String> names) {
    this.orders = orders;
    this.environment = environment;
    this.guests = guests;
    this.names = names;
    this.known = Set.copyOf(names);
  }

  /**
   * Selects.
   *
   * @param guests whether the guests of hosts are selected with them
   * @param names all nodes of the kitchen in their order
   * @param load reads nodes
   */
  static Selection select(
      Orders orders,
      Optional<String> environment,
      boolean guests,
      List<String> names,
      Function<Collection<String>, List<LoadedNode>> load) {
    var selector = new Selector(orders, environment, guests, names);
    Set<String> named = selector.named();
    // Whose guests are wanted is known only when all have been read.
    boolean byNameOnly = !guests && orders.all().stream().allMatch(Order.Named.class::isInstance);
    for (LoadedNode node : load.apply(byNameOnly ? named : names)) {
      selector.loaded.put(node.fqdn(), node);
    }
    return selector.selection();
  }

  /** All nodes that are asked for by name, in that order. */
  private Set<String> named() {
    var found = new LinkedHashSet<String>();
    var problems = new Problems();
    for (Order order : orders.all()) {
      if (order instanceof Order.Named(NamePattern name)) {
        List<String> matching = matching(name);
        found.addAll(matching);
        if (matching.isEmpty()) {
          problems.add(unknown(name.text()));
        }
      }
    }
    Orders.throwIfAny(problems.errors().stream().distinct().toList());
    return found;
  }

  private List<String> matching(NamePattern name) {
    if (name.isGlob()) {
      return names.stream().filter(name.matcher()).toList();
    }
    return known.contains(name.text()) ? List.of(name.text()) : List.of();
  }

  private Problem unknown(String name) {
    List<String> longer =
        names.stream().filter(known -> known.startsWith(name + ".")).limit(4).toList();
    String hint =
        longer.isEmpty()
            ? Nearest.hint(name, names)
            : "nodes go by their full name: "
                + longer.stream().limit(3).collect(Collectors.joining(", "))
                + (longer.size() > 3 ? ", ..." : "");
    return new Problem(
        Problem.Severity.ERROR, null, 0, 0, "node \"%s\" does not exist".formatted(name), hint);
  }

  private Selection selection() {
    for (Order order : orders.all()) {
      switch (order) {
        case Order.Named(NamePattern name) -> need(matching(name));
        case Order.All() -> need(names.stream().filter(name -> inEnvironment(node(name))).toList());
        case Order.WithRole(NamePattern role) -> take("role", role, facts -> facts.roles());
        case Order.WithRecipe(NamePattern recipe) ->
            take("recipe", recipe, facts -> facts.recipes());
        case Order.WithTag(NamePattern tag) -> take("tag", tag, facts -> facts.tags());
      }
    }
    throwIfNeededIsBroken();
    List<LoadedNode> nodes = (guests ? withGuests() : selected).stream().map(this::node).toList();
    warnOfThoseLeftOut();
    nodes.forEach(node -> warnings.addAll(node.warnings()));
    return new Selection(
        nodes.stream().map(node -> node.facts().orElseThrow()).toList(),
        warnings.sorted().stream().distinct().toList());
  }

  /** A guest stands behind its host, if it was not selected itself; its own guests behind it. */
  private Set<String> withGuests() {
    var all = new LinkedHashSet<String>();
    var waiting = new ArrayDeque<String>();
    for (String first : selected) {
      waiting.push(first);
      while (!waiting.isEmpty()) {
        String fqdn = waiting.pop();
        if (all.add(fqdn)) {
          node(fqdn).guests().reversed().stream()
              .filter(guest -> isWanted(fqdn, guest))
              .forEach(waiting::push);
        }
      }
    }
    return all;
  }

  private boolean isWanted(String host, String guest) {
    LoadedNode node = loaded.get(guest);
    if (node == null) {
      warnings.add(
          Problem.warning(
              "nodes/" + host + ".json", 0, 0, "its guest \"%s\" is no node".formatted(guest)));
      return false;
    }
    return !selected.contains(guest) && !node.broken() && inEnvironment(node);
  }

  private LoadedNode node(String fqdn) {
    LoadedNode node = loaded.get(fqdn);
    if (node == null) {
      throw new IllegalStateException("not loaded: " + fqdn);
    }
    return node;
  }

  private void need(List<String> fqdns) {
    needed.addAll(fqdns);
    selected.addAll(fqdns);
  }

  private void take(
      String kind, NamePattern pattern, Function<NodeFacts, Collection<String>> values) {
    Predicate<String> matcher = pattern.matcher();
    boolean any = false;
    for (LoadedNode node : loaded.values()) {
      NodeFacts facts = node.facts().orElse(null);
      if (facts != null && inEnvironment(node) && values.apply(facts).stream().anyMatch(matcher)) {
        selected.add(node.fqdn());
        any = true;
      }
    }
    if (!any) {
      warnings.add(nothing(kind, pattern, values));
    }
  }

  private Problem nothing(
      String kind, NamePattern pattern, Function<NodeFacts, Collection<String>> values) {
    Set<String> known = new TreeSet<>();
    for (LoadedNode node : loaded.values()) {
      node.facts().ifPresent(facts -> known.addAll(values.apply(facts)));
    }
    String where = environment.map(" of environment \"%s\""::formatted).orElse("");
    // A name that other nodes have is no mistake in writing.
    @Nullable String hint =
        known.stream().anyMatch(pattern.matcher()) ? null : Nearest.hint(pattern.text(), known);
    return new Problem(
        Problem.Severity.WARNING,
        null,
        0,
        0,
        "no node%s has the %s \"%s\"".formatted(where, kind, pattern),
        hint);
  }

  /** Whether a node is of the environment that is asked for, if one is. */
  private boolean inEnvironment(LoadedNode node) {
    return environment.isEmpty() || environment.equals(node.environment());
  }

  private void throwIfNeededIsBroken() {
    var problems = new Problems();
    needed.stream()
        .map(this::node)
        .filter(LoadedNode::broken)
        .flatMap(node -> node.errors().stream())
        .distinct()
        .forEach(problems::add);
    problems.throwIfErrors("\"%s\" needs files that are not valid".formatted(orders.text()));
  }

  /** One warning for each fault, however many nodes it costs. */
  private void warnOfThoseLeftOut() {
    Map<Problem, List<String>> faults = new TreeMap<>();
    for (LoadedNode node : loaded.values()) {
      boolean elsewhere = node.environment().isPresent() && !inEnvironment(node);
      if (node.broken() && !elsewhere) {
        for (Problem error : node.errors()) {
          faults.computeIfAbsent(error, e -> new ArrayList<>()).add(node.fqdn());
        }
      }
    }
    faults.forEach((error, nodes) ->
        warnings.add(
            new Problem(
                Problem.Severity.WARNING,
                error.file(),
                error.line(),
                error.column(),
                "left out: %s: %s".formatted(abbreviated(nodes), error.message()),
                error.hint())));
  }

  private static String abbreviated(List<String> nodes) {
    String first = nodes.stream().limit(5).collect(Collectors.joining(", "));
    return nodes.size() > 5 ? first + " and %d more".formatted(nodes.size() - 5) : first;
  }
}
