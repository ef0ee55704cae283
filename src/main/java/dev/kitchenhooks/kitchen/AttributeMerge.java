package dev.kitchenhooks.kitchen;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chef's two ways to merge attributes. What is merged is left as it is; a result may share parts
 * with it, so neither is to be changed afterwards.
 */
final class AttributeMerge {
  private AttributeMerge() {}

  /**
   * Sources of one level of precedence, as the roles' defaults are: objects merge, lists unite, and
   * of everything else the later counts.
   */
  static ObjectNode withinLevel(Collection<ObjectNode> lowToHigh) {
    return merge(lowToHigh, true);
  }

  /** Levels: objects merge, and of everything else, lists too, the higher level's counts. */
  static ObjectNode ofLevels(List<ObjectNode> lowToHigh) {
    return merge(lowToHigh, false);
  }

  private static ObjectNode merge(Collection<ObjectNode> lowToHigh, boolean uniteLists) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    for (ObjectNode source : lowToHigh) {
      merged = object(merged, source, uniteLists);
    }
    return merged;
  }

  private static ObjectNode object(ObjectNode low, ObjectNode high, boolean uniteLists) {
    if (low.isEmpty()) {
      return high;
    }
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    merged.setAll(low);
    high.properties()
        .forEach(member -> {
          JsonNode known = low.get(member.getKey());
          JsonNode value = member.getValue();
          merged.set(member.getKey(), known == null ? value : value(known, value, uniteLists));
        });
    return merged;
  }

  private static JsonNode value(JsonNode low, JsonNode high, boolean uniteLists) {
    if (low instanceof ObjectNode lower && high instanceof ObjectNode higher) {
      return object(lower, higher, uniteLists);
    }
    if (uniteLists && low instanceof ArrayNode lower && high instanceof ArrayNode higher) {
      return union(lower, higher);
    }
    return high;
  }

  /** As Ruby's {@code |}: in order, each value once. */
  private static ArrayNode union(ArrayNode low, ArrayNode high) {
    var values = new LinkedHashSet<JsonNode>();
    low.forEach(values::add);
    high.forEach(values::add);
    return JsonNodeFactory.instance.arrayNode().addAll(values);
  }
}
