package dev.kitchenhooks.compose;

import java.util.IdentityHashMap;

/**
 * Writes out what else stands for something that now means more: an alias outside of the services
 * is to mean what it has meant.
 */
final class Unsharing {
  private final ServicesInPlace services;
  private final TextEdits edits;
  private final YamlText write;
  private final YamlValues values;
  private final IdentityHashMap<YamlNode, Boolean> known = new IdentityHashMap<>();

  Unsharing(ServicesInPlace services, TextEdits edits, YamlText write, YamlValues values) {
    this.services = services;
    this.edits = edits;
    this.write = write;
    this.values = values;
  }

  void visit(YamlNode node) {
    switch (node) {
      case YamlNode.Mapping mapping ->
          mapping.entries().stream()
              .filter(entry -> !services.mayTake(mapping, entry))
              .forEach(entry -> visit(entry.value()));
      case YamlNode.Sequence sequence -> sequence.items().forEach(this::visit);
      case YamlNode.Scalar _ -> {}
      case YamlNode.Alias alias -> {
        if (!edits.touch(alias) && meansMore(alias.target())) {
          edits.replace(alias, write.copy(alias, values));
        }
      }
    }
  }

  private boolean meansMore(YamlNode node) {
    Boolean before = known.get(node);
    if (before != null) {
      return before;
    }
    boolean more =
        edits.touch(node)
            || switch (node) {
              case YamlNode.Mapping mapping ->
                  mapping.entries().stream().anyMatch(entry -> meansMore(entry.value()));
              case YamlNode.Sequence sequence ->
                  sequence.items().stream().anyMatch(this::meansMore);
              case YamlNode.Scalar _ -> false;
              case YamlNode.Alias alias -> meansMore(alias.target());
            };
    known.put(node, more);
    return more;
  }
}
