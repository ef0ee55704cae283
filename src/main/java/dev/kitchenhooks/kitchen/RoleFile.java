package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A role as its file has it.
 *
 * @param file as shown in problems
 * @param description empty where it has none
 * @param runLists by environment; {@code _default} for every environment that has none of its own
 * @param defaults its {@code default_attributes}; not to be changed
 * @param overrides its {@code override_attributes}; not to be changed
 * @param problems what is wrong with the file itself
 */
record RoleFile(
    String file,
    Optional<String> description,
    Map<String, List<Item>> runLists,
    ObjectNode defaults,
    ObjectNode overrides,
    List<Problem> problems) {
  /** An entry and where it stands. */
  record Item(RunListEntry entry, Position place) {}

  /** Of which nothing is known but what is wrong with it. */
  static RoleFile unread(String file, List<Problem> problems) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new RoleFile(file, Optional.empty(), Map.of(), none, none, problems);
  }

  /** Whether it is one that only Chef reads. */
  boolean inRuby() {
    return file.endsWith(".rb");
  }

  /** Chef's rule: the environment's own list, even an empty one, stands in for the usual one. */
  List<Item> runList(String environment) {
    List<Item> own = runLists.get(environment);
    return own == null ? runLists.getOrDefault(KitchenNames.DEFAULT_ENVIRONMENT, List.of()) : own;
  }
}
