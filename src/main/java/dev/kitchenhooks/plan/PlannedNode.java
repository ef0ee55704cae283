package dev.kitchenhooks.plan;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node at its place in a plan. Nodes with the same hooks share the same lists.
 *
 * @param facts the node
 * @param pre its pre hooks in order
 * @param post its post hooks in order
 * @param apps its applications in order, each with hooks of its own: they have their turns between
 *     the node's deploy and its post hooks
 */
public record PlannedNode(
    NodeFacts facts, List<PlannedHook> pre, List<PlannedHook> post, List<PlannedApp> apps) {
  /** A node without applications. */
  public PlannedNode(NodeFacts facts, List<PlannedHook> pre, List<PlannedHook> post) {
    this(facts, pre, post, List.of());
  }

  /** Every hook that may run for it, or for one of its applications. */
  Stream<PlannedHook> hooks() {
    return Stream.concat(
        Stream.concat(pre.stream(), post.stream()),
        apps.stream().flatMap(app -> Stream.concat(app.pre().stream(), app.post().stream())));
  }

  public String fqdn() {
    return facts.fqdn();
  }
}
