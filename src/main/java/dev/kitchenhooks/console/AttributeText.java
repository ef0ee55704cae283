package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Attributes for a person: a key a line, as LittleChef shows them, or objects as trees. */
final class AttributeText {
  private static final String STEP = "  ";

  private AttributeText() {}

  /** {@code key: value}, a value that is no text as JSON. */
  static List<String> flat(ObjectNode attributes, String indent) {
    return attributes.properties().stream()
        .map(member -> indent + PlainText.of(member.getKey()) + ": " + text(member.getValue()))
        .toList();
  }

  /** The same, but what is in an object stands below its key. */
  static List<String> tree(ObjectNode attributes, String indent) {
    var lines = new ArrayList<String>();
    attributes
        .properties()
        .forEach(member -> {
          String key = indent + PlainText.of(member.getKey()) + ":";
          if (member.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
            lines.add(key);
            lines.addAll(tree(inner, indent + STEP));
          } else {
            lines.add(key + " " + text(member.getValue()));
          }
        });
    return lines;
  }

  private static String text(JsonNode value) {
    return PlainText.of(value.isString() ? value.stringValue() : value.toString());
  }
}
