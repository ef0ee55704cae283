package dev.kitchenhooks.json;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** How values, kinds of values and places in a document are put in messages. */
public final class JsonText {
  private static final int SHOWN = 60;

  private JsonText() {}

  /** {@code "web"}, cut where it is long, without line breaks. */
  public static String value(JsonNode node) {
    String text = printable(node.toString());
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
  }

  /** JSON leaves more characters as they are than a terminal should be sent. */
  private static String printable(String json) {
    var text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                text.append("\\u%04x".formatted(c));
            default -> text.appendCodePoint(c);
          }
        });
    return text.toString();
  }

  /** {@code a string}, {@code a list}... */
  public static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case STRING, BINARY -> "a string";
      case NUMBER -> node.isIntegralNumber() ? "a number" : value(node);
      case BOOLEAN -> node.booleanValue() ? "true" : "false";
      case NULL, MISSING -> "null";
    };
  }

  /** What a pointer leads to, as people write it: {@code "filters.roles[0]"}. */
  public static String place(JsonDocument document, String pointer) {
    var text = new StringBuilder();
    String parent = "";
    for (String step : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      if (document.at(parent).isArray()) {
        text.append('[').append(name).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(name);
      }
      parent = parent + "/" + step;
    }
    return quoted(text.toString());
  }

  /** A word in quotes, with what would break a line escaped. */
  public static String quoted(String word) {
    return value(StringNode.valueOf(word));
  }

  /** {@code "a", "b" or "c"}. */
  public static String oneOf(Collection<String> words) {
    List<String> quoted = words.stream().map(JsonText::quoted).toList();
    int last = quoted.size() - 1;
    return last < 1
        ? String.join("", quoted)
        : quoted.stream().limit(last).collect(Collectors.joining(", ")) + " or " + quoted.get(last);
  }
}
