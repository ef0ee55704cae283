package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * A role as its file has it.
 *
 * @param file as shown in problems
 * @param runLists by environment; {@code _default} for every environment that has none of its own
 * @param problems what is wrong with the file itself
 */
record RoleFile(String file, Map<String, List<Item>> runLists, List<Problem> problems) {
  /** An entry and where it stands. */
  record Item(RunListEntry entry, Position place) {}

  /** Chef's rule: the environment's own list, even an empty one, stands in for the usual one. */
  List<Item> runList(String environment) {
    List<Item> own = runLists.get(environment);
    return own == null ? runLists.getOrDefault(KitchenNames.DEFAULT_ENVIRONMENT, List.of()) : own;
  }
}
