package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for: nodes, the union of several orders in their order, and what is done to
 * them.
 *
 * @param words as given
 * @param all at least one
 * @param act empty: each node's own deploy
 */
public record Orders(List<String> words, List<Order> all, Optional<Act> act) {
  private static final List<String> KNOWN =
      List.of("node", "nodes_with_role", "nodes_with_recipe", "nodes_with_tag");

  /** Orders that look at the kitchen: each is a command, and says nothing of nodes to others. */
  private static final Set<String> ALONE =
      Set.of(
          "new_kitchen",
          "list_nodes",
          "list_nodes_detailed",
          "list_nodes_with_role",
          "list_nodes_with_recipe",
          "list_nodes_with_tag",
          "list_envs",
          "list_roles",
          "list_roles_detailed",
          "list_recipes",
          "list_recipes_detailed",
          "list_plugins");

  /** Whether every node of the kitchen is asked for, however it is written. */
  public boolean meansAll() {
    return all.stream()
        .anyMatch(order ->
            order instanceof Order.All
                || (order instanceof Order.Named(NamePattern name)
                    && name.isGlob()
                    && name.text().replace("*", "").isEmpty()));
  }

  private static final String EXAMPLES =
      "e.g. node:web1.example.com, node:all, nodes_with_role:web";

  public Orders {
    words = List.copyOf(words);
    all = List.copyOf(all);
  }

  /** The words, for people. */
  public String text() {
    return String.join(" ", words);
  }

  /**
   * Reads the words of a command line, e.g. {@code node:a,b nodes_with_role:web recipe:nginx}.
   *
   * @throws FixException with every word that is no order
   */
  public static Orders parse(List<String> words) {
    var orders = new ArrayList<Order>();
    var problems = new Problems();
    var acts = new ActWords(problems);
    for (String word : words) {
      int colon = word.indexOf(':');
      String kind = colon < 0 ? word : word.substring(0, colon);
      if (ActWords.KNOWN.contains(kind)) {
        acts.take(word, kind);
      } else if (KNOWN.contains(kind)) {
        select(word, kind, orders, problems);
      } else {
        problems.add(unknown(word, kind, colon >= 0));
      }
    }
    Optional<Act> act = acts.act();
    throwIfAny(problems.errors());
    if (orders.isEmpty()) {
      throw FixException.invalid("no nodes are chosen", EXAMPLES);
    }
    return new Orders(words, orders, act);
  }

  private static void select(String word, String kind, List<Order> orders, Problems problems) {
    int colon = word.indexOf(':');
    String[] names = colon < 0 ? new String[] {""} : word.substring(colon + 1).split(",", -1);
    for (String name : names) {
      if (name.isBlank()) {
        problems.add(problem("\"%s\" lacks a name".formatted(word), EXAMPLES));
      } else if (Glob.fault(name).isPresent()) {
        problems.add(problem("\"%s\" %s".formatted(word, Glob.fault(name).get()), null));
      } else {
        orders.add(order(kind, new NamePattern(name.strip())));
      }
    }
  }

  private static Order order(String kind, NamePattern name) {
    return switch (kind) {
      case "node" -> name.text().equals("all") ? new Order.All() : new Order.Named(name);
      case "nodes_with_role" -> new Order.WithRole(name);
      case "nodes_with_recipe" ->
          new Order.WithRecipe(new NamePattern(RunListEntry.withoutDefault(name.text())));
      case "nodes_with_tag" -> new Order.WithTag(name);
      default -> throw new IllegalStateException(kind);
    };
  }

  private static Problem unknown(String word, String kind, boolean colon) {
    if (ALONE.contains(kind)) {
      return problem(
          "\"%s\" chooses no nodes: it is an order by itself".formatted(kind), "fix " + word);
    }
    String message = "\"%s\" is not an order".formatted(word);
    Optional<String> near =
        Nearest.to(kind, Stream.concat(KNOWN.stream(), ActWords.KNOWN.stream()).toList());
    if (near.isPresent()) {
      String lacking = near.get().equals("deploy_chef") ? "" : ":NAME";
      String name = colon ? word.substring(kind.length()) : lacking;
      return problem(message, "did you mean \"" + near.get() + name + "\"? " + EXAMPLES);
    }
    if (!colon && kind.indexOf('.') > 0) {
      return problem(message, "did you mean \"node:" + word + "\"?");
    }
    return problem(message, EXAMPLES);
  }

  private static Problem problem(String message, @Nullable String hint) {
    return new Problem(Problem.Severity.ERROR, null, 0, 0, message, hint);
  }

  /** One thing that is wrong is said by itself; several under a heading. */
  static void throwIfAny(List<Problem> errors) {
    if (errors.size() == 1) {
      throw FixException.invalid(errors.getFirst().message(), errors.getFirst().hint());
    }
    if (!errors.isEmpty()) {
      throw FixException.invalid("the orders are not valid", errors);
    }
  }
}
