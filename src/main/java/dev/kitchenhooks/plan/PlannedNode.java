package dev.kitchenhooks.plan;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;

/**
 * A node at its place in a plan. Nodes with the same hooks share the same lists.
 *
 * @param facts the node
 * @param pre its pre hooks in order
 * @param post its post hooks in order
 */
public record PlannedNode(NodeFacts facts, List<PlannedHook> pre, List<PlannedHook> post) {
  public String fqdn() {
    return facts.fqdn();
  }
}
