package dev.kitchenhooks.run;

import java.util.Optional;

/**
 * Which revision of what is deployed was the current one on a node.
 *
 * @param before the deploy; empty: none, or it is not known
 * @param after the deploy; empty: none, or it is not known
 */
public record Revisions(Optional<String> before, Optional<String> after) {
  public static final Revisions UNKNOWN = new Revisions(Optional.empty(), Optional.empty());
}
