package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a compose file says; whatever is of the wrong kind is a problem at its place. */
final class ComposeReader {
  private static final String SERVICES = "/services";

  private final YamlDocument document;
  private final Problems found = new Problems();

  private ComposeReader(YamlDocument document) {
    this.document = document;
  }

  static @Nullable ComposeFile read(String file, String text, Problems problems) {
    YamlDocument document = YamlReader.read(file, text, problems);
    if (document == null) {
      return null;
    }
    var reader = new ComposeReader(document);
    ComposeFile compose = reader.understand();
    problems.addAll(reader.found.sorted());
    return reader.found.hasErrors() ? null : compose;
  }

  private ComposeFile understand() {
    ObjectNode root = mapping("", meaning());
    mapping("/volumes", root.path("volumes"));
    var services = new ArrayList<ComposeService>();
    mapping(SERVICES, root.path("services"))
        .properties()
        .forEach(member -> services.add(service(member.getKey(), member.getValue())));
    return new ComposeFile(document, root, services);
  }

  private JsonNode meaning() {
    try {
      return document.root().isPresent()
          ? new YamlValues().json(document.root().get())
          : JsonNodeFactory.instance.nullNode();
    } catch (YamlValues.TooLarge e) {
      String message = "its aliases stand for more than any compose file says";
      found.add(Problem.error(document.file(), 0, 0, message));
      return JsonNodeFactory.instance.nullNode();
    }
  }

  private ObjectNode mapping(String pointer, JsonNode node) {
    return document.mapping(pointer, node, found).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private ComposeService service(String name, JsonNode value) {
    String pointer = JsonDocument.child(SERVICES, name);
    ObjectNode definition = mapping(pointer, value);
    return new ComposeService(
        name,
        document.keyAt(pointer),
        definition,
        pairs(JsonDocument.child(pointer, "environment"), definition.path("environment")));
  }

  /** What can be written as a mapping or as a list of {@code K=V}. */
  private SequencedMap<String, String> pairs(String pointer, JsonNode node) {
    var pairs = new LinkedHashMap<String, String>();
    if (node.isObject()) {
      node.properties()
          .forEach(member -> {
            String at = JsonDocument.child(pointer, member.getKey());
            single(at, member.getValue()).ifPresent(value -> pairs.put(member.getKey(), value));
          });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        single(JsonDocument.child(pointer, i), node.get(i))
            .filter(item -> !item.isEmpty())
            .ifPresent(item -> {
              int equals = item.indexOf('=');
              pairs.put(
                  equals < 0 ? item : item.substring(0, equals),
                  equals < 0 ? "" : item.substring(equals + 1));
            });
      }
    } else if (!node.isNull() && !node.isMissingNode()) {
      wrong(pointer, "a mapping or a list of K=V", node);
    }
    return Collections.unmodifiableSequencedMap(pairs);
  }

  /** A single value as it is written; null is empty. */
  private Optional<String> single(String pointer, JsonNode value) {
    if (value.isContainer()) {
      wrong(pointer, "a single value", value);
      return Optional.empty();
    }
    return Optional.of(document.written(pointer));
  }

  private void wrong(String pointer, String expected, JsonNode node) {
    found.add(
        document.errorAt(
            pointer,
            "%s must be %s, not %s"
                .formatted(YamlDocument.name(pointer), expected, YamlDocument.kind(node))));
  }
}
