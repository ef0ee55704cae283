package dev.kitchenhooks.plan;

import java.util.Optional;

/**
 * What is decided about one hook, and for which node.
 *
 * @param hook the hook, at one of its types
 * @param node the node; empty where the decision is about the hook as a whole
 * @param decision whether it runs, and why
 */
public record Explained(PlannedHook hook, Optional<String> node, Decision decision) {
  /** {@code drain (node_predeployhook) web1.example.com: runs}. */
  public String text() {
    return "%s (%s)%s: %s"
        .formatted(hook.name(), hook.type(), node.map(n -> " " + n).orElse(""), decision.text());
  }
}
