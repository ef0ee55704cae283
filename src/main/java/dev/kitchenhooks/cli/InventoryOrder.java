package dev.kitchenhooks.cli;

import dev.kitchenhooks.problem.FixException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** LittleChef's orders that only look at the kitchen, and the one that makes a new one. */
enum InventoryOrder {
  LIST_NODES("All nodes: roles, recipes, their own attributes"),
  LIST_NODES_DETAILED("All nodes: the run list as a tree, the attributes of all levels"),
  LIST_NODES_WITH_ROLE("R", "Nodes with this role, nested roles included"),
  LIST_NODES_WITH_RECIPE("R", "Nodes with this recipe"),
  LIST_NODES_WITH_TAG("T", "Nodes with this tag"),
  LIST_ENVS("All environments"),
  LIST_ROLES("All roles"),
  LIST_ROLES_DETAILED("All roles: what they run and set"),
  LIST_RECIPES("The recipes of all cookbooks"),
  LIST_RECIPES_DETAILED("The same with version, dependencies and attributes"),
  LIST_PLUGINS("The programs in plugins/"),
  NEW_KITCHEN("Makes an empty kitchen in this directory");

  /**
   * An order as given.
   *
   * @param value what stands behind the colon
   */
  record Given(InventoryOrder order, String value) {}

  private final String parameter;
  private final String description;

  InventoryOrder(String description) {
    this("", description);
  }

  InventoryOrder(String parameter, String description) {
    this.parameter = parameter;
    this.description = description;
  }

  /** As it is typed, without what stands behind a colon. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it is shown. */
  String form() {
    return parameter.isEmpty() ? word() : word() + ":" + parameter;
  }

  String description() {
    return description;
  }

  /** The words of all of them. */
  static List<String> words() {
    return Arrays.stream(values()).map(InventoryOrder::word).toList();
  }

  /** Whether a word is one of them, whatever stands behind its colon. */
  static boolean isOne(String word) {
    return find(word).isPresent();
  }

  private static Optional<InventoryOrder> find(String word) {
    String kind = word.split(":", 2)[0];
    return Arrays.stream(values()).filter(order -> order.word().equals(kind)).findFirst();
  }

  /**
   * Reads all words of a command line.
   *
   * @throws FixException if one is no such order, or lacks what it needs
   */
  static List<Given> parse(List<String> words) {
    var orders = new ArrayList<Given>();
    for (String word : words) {
      InventoryOrder order =
          find(word)
              .orElseThrow(() ->
                  FixException.invalid(
                      "\"%s\" cannot be combined with an order that lists".formatted(word),
                      "give one command for each"));
      int colon = word.indexOf(':');
      String value = colon < 0 ? "" : word.substring(colon + 1).strip();
      if (value.isEmpty() != order.parameter.isEmpty()) {
        throw FixException.invalid(
            order.parameter.isEmpty()
                ? "%s takes nothing behind it".formatted(order.word())
                : "\"%s\" lacks a name".formatted(word),
            "write " + order.form());
      }
      orders.add(new Given(order, value));
    }
    return orders;
  }
}
