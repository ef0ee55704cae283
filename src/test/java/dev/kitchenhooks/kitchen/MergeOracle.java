package dev.kitchenhooks.kitchen;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same told the other way round: not source by source, but for each key by who has it. The last
 * one counts, together with all directly before it that are of its kind.
 */
final class MergeOracle {
  private MergeOracle() {}

  static ObjectNode merged(List<? extends JsonNode> sources, boolean uniteLists) {
    var keys = new TreeSet<String>();
    sources.forEach(source -> keys.addAll(source.propertyNames()));
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    for (String key : keys) {
      List<JsonNode> values =
          sources.stream().filter(s -> s.has(key)).<JsonNode>map(s -> s.get(key)).toList();
      merged.set(key, value(values, uniteLists));
    }
    return merged;
  }

  private static JsonNode value(List<JsonNode> values, boolean uniteLists) {
    JsonNode last = values.getLast();
    int first = values.size() - 1;
    while (first > 0 && values.get(first - 1).getNodeType() == last.getNodeType()) {
      first--;
    }
    List<JsonNode> alike = values.subList(first, values.size());
    if (last.isObject()) {
      return merged(alike, uniteLists);
    }
    if (last.isArray() && uniteLists && alike.size() > 1) {
      var united = new LinkedHashSet<JsonNode>();
      alike.forEach(list -> list.forEach(united::add));
      return JsonNodeFactory.instance.arrayNode().addAll(united);
    }
    return last;
  }
}
