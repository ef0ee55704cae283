package dev.kitchenhooks.compose;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The services whose definitions stand in their place, where they can be labelled. */
final class ServicesInPlace {
  private final YamlNode.Mapping services;
  private final Set<YamlNode> definitions = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Labels that stand in one of them. */
  private final Set<YamlNode> labels = Collections.newSetFromMap(new IdentityHashMap<>());

  ServicesInPlace(YamlNode.Mapping services, YamlValues values) {
    this.services = services;
    for (YamlNode.Entry entry : services.entries()) {
      if (!entry.isMerge() && entry.value() instanceof YamlNode.Mapping definition) {
        if (!values.members(definition).isEmpty()) {
          definitions.add(definition);
          own(definition, LabelText.KEY).ifPresent(labels::add);
        }
      }
    }
  }

  boolean define(YamlNode node) {
    return definitions.contains(node);
  }

  boolean areLabelledBy(YamlNode node) {
    return labels.contains(node);
  }

  /** What stands in the mapping itself. */
  static Optional<YamlNode> own(YamlNode.Mapping mapping, String key) {
    return mapping.entries().stream()
        .filter(entry -> !entry.isMerge() && entry.key().text().equals(key))
        .map(YamlNode.Entry::value)
        .findFirst();
  }

  /** Whether a place wants labels, and may take them from another by an alias or a merge. */
  boolean mayTake(YamlNode.Mapping mapping, YamlNode.Entry entry) {
    if (entry.isMerge()) {
      return define(mapping) || areLabelledBy(mapping);
    }
    boolean service = mapping.equals(services);
    boolean itsLabels = define(mapping) && entry.key().text().equals(LabelText.KEY);
    return entry.value() instanceof YamlNode.Alias && (service || itsLabels);
  }

  /**
   * The first mapping merged into one, at any depth, that has labels of its own or will have; null
   * where there is none.
   */
  YamlNode.@Nullable Mapping labelledFirst(YamlNode.Mapping mapping) {
    YamlNode.Mapping found = null;
    for (int i = 0; found == null && i < mapping.entries().size(); i++) {
      YamlNode.Entry entry = mapping.entries().get(i);
      found = entry.isMerge() ? among(entry.value().target()) : null;
    }
    return found;
  }

  private YamlNode.@Nullable Mapping among(YamlNode merged) {
    return switch (merged) {
      case YamlNode.Mapping mapping ->
          define(mapping) || own(mapping, LabelText.KEY).isPresent()
              ? mapping
              : labelledFirst(mapping);
      case YamlNode.Sequence sequence -> {
        YamlNode.Mapping found = null;
        for (int i = 0; found == null && i < sequence.items().size(); i++) {
          found = among(sequence.items().get(i).target());
        }
        yield found;
      }
      case YamlNode.Scalar _, YamlNode.Alias _ -> null;
    };
  }
}
