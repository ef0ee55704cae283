package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Count;
import dev.kitchenhooks.console.KitchenListing;
import dev.kitchenhooks.console.NodeListing;
import dev.kitchenhooks.console.Terminal;
import dev.kitchenhooks.kitchen.Cookbook;
import dev.kitchenhooks.kitchen.Inventory;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.Listed;
import dev.kitchenhooks.kitchen.ListedNode;
import dev.kitchenhooks.kitchen.ListedRole;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.kitchen.Selection;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a kitchen has. A broken file is a warning, said once, and what can be read of it is listed
 * all the same.
 */
final class KitchenLists {
  private static final int BUFFER = 1 << 16;

  private final Shell shell;
  private final RunOptions options;
  private final Kitchen kitchen;
  private final Inventory inventory;
  private final Terminal terminal;
  private final PrintStream out;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private boolean first = true;

  KitchenLists(Shell shell, RunOptions options) {
    this.shell = shell;
    this.options = options;
    this.kitchen = shell.findKitchen();
    this.inventory = kitchen.inventory();
    this.terminal = shell.terminal();
    // The list of a fleet is long, and stdout writes each piece as it comes.
    this.out =
        new PrintStream(
            new BufferedOutputStream(shell.around().out(), BUFFER),
            false,
            shell.around().out().charset());
    try {
      problems.addAll(kitchen.configWarnings());
    } catch (FixException notValid) {
      problems.addAll(notValid.problems());
    }
  }

  void show(InventoryOrder.Given given) {
    switch (given.order()) {
      case LIST_NODES -> nodes(inventory.nodes(options.environment()), false);
      case LIST_NODES_DETAILED -> nodes(inventory.nodes(options.environment()), true);
      case LIST_NODES_WITH_ROLE, LIST_NODES_WITH_RECIPE, LIST_NODES_WITH_TAG ->
          nodes(selected(given), false);
      case LIST_ENVS -> listed(inventory.environments(options.environment()), "environment");
      case LIST_ROLES -> roles();
      case LIST_ROLES_DETAILED -> rolesDetailed();
      case LIST_RECIPES -> recipes();
      case LIST_RECIPES_DETAILED -> recipesDetailed();
      case LIST_PLUGINS -> listed(inventory.plugins().stream(), "plugin");
      case NEW_KITCHEN -> throw new IllegalStateException("it lists nothing");
    }
    out.flush();
    shell.warn(problems.stream().sorted().map(Problem::asWarning).toList());
    problems.clear();
  }

  /** As {@code nodes_with_...} would choose them. */
  private Stream<ListedNode> selected(InventoryOrder.Given given) {
    String order = given.order().word().substring("list_".length());
    Selection selection =
        kitchen.select(
            Orders.parse(List.of(order + ":" + given.value())),
            options.environment(),
            options.includeGuests);
    problems.addAll(selection.warnings());
    return inventory.nodes(selection.nodes().stream().map(NodeFacts::fqdn).toList());
  }

  private void nodes(Stream<ListedNode> nodes, boolean detailed) {
    int[] found = {0};
    nodes.forEachOrdered(node -> {
      found[0]++;
      problems.addAll(node.problems());
      if (shell.globals().json()) {
        out.println(
            detailed ? NodeListing.json(node, inventory.attributes(node)) : NodeListing.json(node));
      } else {
        block(
            detailed
                ? NodeListing.detailed(node, inventory.attributes(node), terminal)
                : NodeListing.text(node, terminal));
      }
    });
    found(found[0], "node");
  }

  private void roles() {
    List<ListedRole> roles = inventory.roles(options.environment()).toList();
    if (shell.globals().json()) {
      roles.forEach(this::json);
    } else {
      Map<String, Optional<String>> described = new LinkedHashMap<>();
      roles.forEach(role -> described.put(role.name(), role.description()));
      table(described, "role");
    }
    roles.forEach(role -> problems.addAll(role.problems()));
  }

  private void rolesDetailed() {
    int[] found = {0};
    inventory
        .roles(options.environment())
        .forEach(role -> {
          found[0]++;
          problems.addAll(role.problems());
          if (shell.globals().json()) {
            json(role);
          } else {
            block(KitchenListing.role(role, terminal));
          }
        });
    found(found[0], "role");
  }

  private void json(ListedRole role) {
    out.println(KitchenListing.json(role));
  }

  private void recipes() {
    if (shell.globals().json()) {
      recipesDetailed();
      return;
    }
    Map<String, Optional<String>> described = new LinkedHashMap<>();
    cookbooks()
        .forEach(cookbook ->
            recipes(cookbook).forEach((name, text) -> described.put(name, Optional.of(text))));
    table(described, "recipe");
  }

  private void recipesDetailed() {
    int[] found = {0};
    cookbooks()
        .forEach(cookbook ->
            recipes(cookbook)
                .forEach((name, text) -> {
                  found[0]++;
                  if (shell.globals().json()) {
                    out.println(KitchenListing.json(name, text, cookbook));
                  } else {
                    block(KitchenListing.recipe(name, text, cookbook, terminal));
                  }
                }));
    found(found[0], "recipe");
  }

  private Stream<Cookbook> cookbooks() {
    return inventory
        .cookbooks(options.environment())
        .peek(cookbook -> problems.addAll(cookbook.problems()));
  }

  /** A cookbook without any is listed by its own name, as LittleChef does. */
  private static Map<String, String> recipes(Cookbook cookbook) {
    if (cookbook.recipes().isEmpty()) {
      return Map.of(cookbook.name(), "This cookbook has no recipes");
    }
    Map<String, String> recipes = new LinkedHashMap<>(cookbook.recipes());
    recipes.computeIfPresent(
        cookbook.name(), (_, text) -> text.isEmpty() ? cookbook.description().orElse("") : text);
    return recipes;
  }

  private void listed(Stream<Listed> all, String what) {
    Map<String, Optional<String>> described = new LinkedHashMap<>();
    all.forEach(listed -> {
      problems.addAll(listed.problems());
      if (shell.globals().json()) {
        out.println(KitchenListing.json(listed));
      } else {
        described.put(listed.name(), listed.description());
      }
    });
    if (!shell.globals().json()) {
      table(described, what);
    }
  }

  private void table(Map<String, Optional<String>> described, String what) {
    KitchenListing.table(described, terminal).forEach(out::println);
    found(described.size(), what);
  }

  private void block(Collection<String> lines) {
    if (!first) {
      out.println();
    }
    first = false;
    lines.forEach(out::println);
  }

  /** Talk: whoever reads the list by a program counts by itself. */
  private void found(int count, String what) {
    out.flush();
    if (!shell.globals().json()) {
      shell.around().err().println("Found " + Count.of(count, what));
    }
  }
}
