package dev.kitchenhooks.compose;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a YAML text means: aliases followed, {@code <<} merged. */
final class YamlValues {
  /** A few lines of aliases of aliases can mean more than any memory holds. */
  private static final int MAX_NODES = 1_000_000;

  /** Each mapping is merged once, however many merge it. */
  private final IdentityHashMap<YamlNode, SequencedMap<String, YamlNode>> known =
      new IdentityHashMap<>();

  private int nodes;

  /** The text means more than can be held. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;
  }

  JsonNode json(YamlNode node) throws TooLarge {
    nodes = 0;
    return value(node);
  }

  private JsonNode value(YamlNode node) throws TooLarge {
    if (++nodes > MAX_NODES) {
      throw new TooLarge();
    }
    return switch (node) {
      case YamlNode.Alias(_, YamlNode target) -> value(target);
      case YamlNode.Scalar scalar -> YamlScalars.json(scalar);
      case YamlNode.Sequence sequence -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (YamlNode item : sequence.items()) {
          array.add(value(item));
        }
        yield array;
      }
      case YamlNode.Mapping mapping -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, YamlNode> entry : members(mapping).entrySet()) {
          object.set(entry.getKey(), value(entry.getValue()));
        }
        yield object;
      }
    };
  }

  /**
   * A mapping's own entries, then those merged into it: an own one counts before a merged one, and
   * of a list of merged mappings the earlier. What is merged and no mapping is left out.
   */
  SequencedMap<String, YamlNode> members(YamlNode.Mapping mapping) {
    SequencedMap<String, YamlNode> before = known.get(mapping);
    if (before != null) {
      return before;
    }
    var members = new LinkedHashMap<String, YamlNode>();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!entry.isMerge()) {
        members.put(entry.key().text(), entry.value());
      }
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      if (entry.isMerge()) {
        merge(entry.value().target(), members);
      }
    }
    known.put(mapping, members);
    return members;
  }

  private void merge(YamlNode merged, Map<String, YamlNode> members) {
    switch (merged) {
      case YamlNode.Mapping mapping -> members(mapping).forEach(members::putIfAbsent);
      case YamlNode.Sequence sequence ->
          sequence.items().forEach(item -> merge(item.target(), members));
      case YamlNode.Scalar _, YamlNode.Alias _ -> {}
    }
  }
}
