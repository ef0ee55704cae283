package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A role as it is listed.
 *
 * @param name its path below {@code roles/}
 * @param description empty where it has none
 * @param runList drawn as a tree, as it is where no environment has one of its own
 * @param ownRunLists the entries of those that environments have
 * @param defaults its {@code default_attributes}
 * @param overrides its {@code override_attributes}
 * @param problems what is wrong with the file
 */
public record ListedRole(
    String name,
    Optional<String> description,
    List<RunListLine> runList,
    SortedMap<String, List<String>> ownRunLists,
    ObjectNode defaults,
    ObjectNode overrides,
    List<Problem> problems) {

  /** The text of the entries of the run list itself. */
  public List<String> runListEntries() {
    return runList.stream().filter(line -> line.depth() == 0).map(RunListLine::text).toList();
  }
}
