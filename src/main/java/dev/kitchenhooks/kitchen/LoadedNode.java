package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A node file, read with all that it leads to.
 *
 * @param fqdn its name
 * @param environment the node's environment, where the file says as much
 * @param facts what is known of the node; empty if there is any error
 * @param guests the virtual machines that run on it, if it is a host of some
 * @param problems of the file, of its roles and of its environment
 */
record LoadedNode(
    String fqdn,
    Optional<String> environment,
    Optional<NodeFacts> facts,
    List<String> guests,
    List<Problem> problems) {
  boolean broken() {
    return facts.isEmpty();
  }

  List<Problem> errors() {
    return problems.stream().filter(Problem::isError).toList();
  }

  List<Problem> warnings() {
    return problems.stream().filter(p -> !p.isError()).toList();
  }
}
