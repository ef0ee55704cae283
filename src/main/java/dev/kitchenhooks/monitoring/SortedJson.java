package dev.kitchenhooks.monitoring;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** JSON with sorted keys and an indentation of two, as dashboards have always been written. */
final class SortedJson {
  private static final String STEP = "  ";

  private final StringBuilder text = new StringBuilder();

  private SortedJson() {}

  static String of(JsonNode node) {
    var json = new SortedJson();
    json.value(node, "\n");
    return json.text.append('\n').toString();
  }

  /**
   * @param line a line end and the indentation of what holds the value
   */
  private void value(JsonNode node, String line) {
    if (node.isEmpty() || node.isValueNode()) {
      text.append(node);
    } else if (node.isArray()) {
      String before = "[";
      for (JsonNode item : node) {
        text.append(before).append(line).append(STEP);
        value(item, line + STEP);
        before = ",";
      }
      text.append(line).append(']');
    } else {
      String before = "{";
      var sorted = new TreeMap<String, JsonNode>();
      node.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
      for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
        text.append(before).append(line).append(STEP);
        text.append(StringNode.valueOf(member.getKey())).append(": ");
        value(member.getValue(), line + STEP);
        before = ",";
      }
      text.append(line).append('}');
    }
  }
}
