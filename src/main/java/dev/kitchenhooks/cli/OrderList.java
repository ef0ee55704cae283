package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.KitchenListing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code fix --list}: every order there is. */
final class OrderList {
  private static final Map<String, String> RUNNING = new LinkedHashMap<>();

  static {
    RUNNING.put("node:a,b", "These nodes");
    RUNNING.put("node:all", "All nodes (asks first; --yes does not)");
    RUNNING.put("nodes_with_role:R", "Nodes with this role, nested roles included; web* too");
    RUNNING.put("nodes_with_recipe:R", "Nodes with this recipe");
    RUNNING.put("nodes_with_tag:T", "Nodes with this tag");
    RUNNING.put("recipe:R", "Of these nodes: a deploy with this run list, for this run only");
    RUNNING.put("role:R", "The same with a role");
    RUNNING.put("ssh:\"COMMAND\"", "Of these nodes: a command for the login user's shell");
    RUNNING.put("plugin:NAME", "Of these nodes: plugins/NAME on this machine, for each");
    RUNNING.put("deploy_chef", "Of these nodes: Chef is installed");
  }

  /** Those that choose nodes, and those that say what is done to them. */
  static Set<String> running() {
    return RUNNING.keySet();
  }

  private final Shell shell;

  OrderList(Shell shell) {
    this.shell = shell;
  }

  void show() {
    Map<String, Optional<String>> all = new LinkedHashMap<>();
    RUNNING.forEach((form, text) -> all.put(form, Optional.of(text)));
    for (InventoryOrder order : InventoryOrder.values()) {
      all.put(order.form(), Optional.of(order.description()));
    }
    if (shell.globals().json()) {
      all.forEach((form, text) ->
          shell
              .around()
              .out()
              .println(
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("order", form)
                      .put("description", text.orElse(""))));
    } else {
      KitchenListing.table(all, shell.terminal()).forEach(shell.around().out()::println);
    }
  }
}
