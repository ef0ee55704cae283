package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;

/**
 * The nodes that orders choose.
 *
 * @param nodes in run order, each once, dummies included
 * @param warnings what a person should know: broken files that this run does not need, names that
 *     match nothing
 */
public record Selection(List<NodeFacts> nodes, List<Problem> warnings) {
  public Selection {
    nodes = List.copyOf(nodes);
    warnings = List.copyOf(warnings);
  }
}
