package dev.kitchenhooks.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reference of definition keys, filters and types is what the published schema says. */
class DefinitionReferenceTest {
  /** One less than a page has, for the backslash that breaks a line. */
  private static final int WIDTH = 119;

  private final JsonNode schema = read();

  private static JsonNode read() {
    try {
      return JsonMapper.shared().readTree(Files.readString(Path.of("docs", "hook.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keys() throws IOException {
    var text = new StringBuilder();
    schema
        .path("properties")
        .properties()
        .forEach(key -> {
          text.append(entry(key.getKey(), resolved(key.getValue())));
          if (!key.getKey().equals("filters")) {
            nested(key.getKey(), key.getValue(), text);
          }
        });
    GeneratedPart.ofReference("keys").check(text.toString());
  }

  private void nested(String name, JsonNode object, StringBuilder text) {
    properties(name + ".", object, text);
    properties(name + ".NAME.", object.path("additionalProperties"), text);
  }

  private void properties(String prefix, JsonNode object, StringBuilder text) {
    object
        .path("properties")
        .properties()
        .forEach(key -> {
          boolean required = isIn(object.path("required"), key.getKey());
          text.append(entry(prefix + key.getKey(), resolved(key.getValue()), required));
        });
  }

  private static boolean isIn(JsonNode names, String name) {
    return stream(names).anyMatch(n -> n.asString().equals(name));
  }

  @Test
  void filters() throws IOException {
    var text = new StringBuilder();
    schema.at("/properties/filters/properties").properties().stream()
        .filter(key -> !key.getValue().path("deprecated").asBoolean(false))
        .forEach(key -> text.append(entry(key.getKey(), resolved(key.getValue()))));
    GeneratedPart.ofReference("filters").check(text.toString());
  }

  @Test
  void types() throws IOException {
    JsonNode known = schema.at("/$defs/hookType/anyOf/0");
    var rows = new ArrayList<String>(List.of("| type | runs |", "|---|---|"));
    for (int i = 0; i < known.path("enum").size(); i++) {
      rows.add(
          "| `%s` | %s |"
              .formatted(
                  known.path("enum").get(i).asString(),
                  known.path("enumDescriptions").get(i).asString()));
    }
    GeneratedPart.ofReference("types").check(String.join("\n", rows));
  }

  @Test
  void theProgramHoldsTheSameSchema() throws IOException {
    assertThat(Path.of("src/main/resources/dev/kitchenhooks/hook/hook.schema.json"))
        .hasSameTextualContentAs(Path.of("docs", "hook.schema.json"));
  }

  /** With what a {@code $ref} adds. */
  private JsonNode resolved(JsonNode key) {
    String ref = key.path("$ref").asString("");
    if (ref.isEmpty()) {
      return key;
    }
    var all = (ObjectNode) schema.at(ref.substring(1)).deepCopy();
    key.properties().forEach(property -> all.set(property.getKey(), property.getValue()));
    return all;
  }

  private String entry(String name, JsonNode key) {
    boolean required = schema.path("properties").has(name) && isIn(schema.path("required"), name);
    return entry(name, key, required);
  }

  private static String entry(String name, JsonNode key, boolean required) {
    String facts =
        Stream.of(
                value(key),
                required ? "required" : "",
                key.has("default") ? "default " + code(key.path("default")) : "",
                examples(key))
            .filter(fact -> !fact.isEmpty())
            .collect(joining(" · "));
    String description = key.path("description").asString().replace("*", "\\*");
    return wrapped("**`%s`** · %s".formatted(name, facts)) + "\\\n" + wrapped(description) + "\n\n";
  }

  private static String examples(JsonNode key) {
    List<String> examples = stream(key.path("examples")).map(e -> code(e)).toList();
    return examples.isEmpty() ? "" : "e.g. " + String.join(", ", examples);
  }

  /** What may stand there, in words. */
  private static String value(JsonNode key) {
    if (key.has("enum")) {
      return stream(key.path("enum")).map(e -> code(e)).collect(joining(" or "));
    }
    if (key.has("anyOf")) {
      return "a type or a list of types";
    }
    return switch (key.path("type").asString("")) {
      case "string" -> key.path("pattern").asString("").contains("ms)") ? "duration" : "text";
      case "array" -> "list of texts";
      case "boolean" -> "`true` or `false`";
      case "integer" ->
          "whole number, %d to %d"
              .formatted(key.path("minimum").asInt(), key.path("maximum").asInt());
      case "number" ->
          "number, %s to %s"
              .formatted(key.path("minimum").asString(), key.path("maximum").asString());
      case "object" -> "object";
      default -> throw new IllegalStateException("no words for " + key);
    };
  }

  private static String code(JsonNode value) {
    return "`" + spaced(value) + "`";
  }

  private static String spaced(JsonNode value) {
    if (value.isArray()) {
      return "[" + stream(value).map(v -> spaced(v)).collect(joining(", ")) + "]";
    }
    if (value.isObject()) {
      String inner =
          value.properties().stream()
              .map(p -> "\"" + p.getKey() + "\": " + spaced(p.getValue()))
              .collect(joining(", "));
      return inner.isEmpty() ? "{}" : "{ " + inner + " }";
    }
    return value.toString();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String wrapped(String text) {
    var lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        lines.append('\n');
        column = 0;
      } else if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
