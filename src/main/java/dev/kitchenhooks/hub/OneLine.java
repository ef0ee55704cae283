package dev.kitchenhooks.hub;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** JSON in one line, keys sorted, with a blank after each comma and colon. */
final class OneLine {
  private OneLine() {}

  /** The text, with a line end. */
  static String of(JsonNode node) {
    return text(node) + "\n";
  }

  private static String text(JsonNode node) {
    if (node.isObject()) {
      var sorted = new TreeMap<String, JsonNode>();
      node.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
      return sorted.entrySet().stream()
          .map(OneLine::member)
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(OneLine::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return node.toString();
  }

  private static String member(Map.Entry<String, JsonNode> member) {
    return StringNode.valueOf(member.getKey()) + ": " + text(member.getValue());
  }
}
