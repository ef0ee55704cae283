package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML text and its tree, in which RFC 6901 pointers lead through aliases and merges.
 *
 * @param file as shown in problems
 * @param text with its byte order mark, if it has one
 * @param root empty where the text says nothing
 */
record YamlDocument(String file, String text, Optional<YamlNode> root) {

  /** The place of a value, or of the nearest one around it that there is. */
  Position valueAt(String pointer) {
    return walk(pointer).value();
  }

  /** The place of the key that a pointer ends in; of the value where it is no key. */
  Position keyAt(String pointer) {
    return walk(pointer).key();
  }

  /** A single value as it is written, without quotes; empty for null and for what is not there. */
  String written(String pointer) {
    return walk(pointer).node() instanceof YamlNode.Scalar scalar && !scalar.isNull()
        ? scalar.text()
        : "";
  }

  Problem errorAt(String pointer, String message) {
    Position at = valueAt(pointer);
    return Problem.error(file, at.line(), at.column(), message);
  }

  /**
   * A mapping, as its pointer leads to it; empty for what is not there or null, and, with a
   * problem, for anything else.
   */
  Optional<ObjectNode> mapping(String pointer, JsonNode node, Problems problems) {
    if (node instanceof ObjectNode object) {
      return Optional.of(object);
    }
    if (!node.isNull() && !node.isMissingNode()) {
      String what = pointer.isEmpty() ? "a compose file" : name(pointer);
      problems.add(errorAt(pointer, "%s must be a mapping, not %s".formatted(what, kind(node))));
    }
    return Optional.empty();
  }

  /** {@code "services.web"}. */
  static String name(String pointer) {
    String path = pointer.substring(1).replace('/', '.');
    return JsonText.quoted(path.replace("~1", "/").replace("~0", "~"));
  }

  static String kind(JsonNode node) {
    return node.isObject() ? "a mapping" : JsonText.kind(node);
  }

  /** Where a pointer leads; the node is null where it leads nowhere. */
  private record Found(@Nullable YamlNode node, Position value, Position key) {}

  private Found walk(String pointer) {
    var values = new YamlValues();
    YamlNode at = root.orElse(null);
    Position place = at == null ? Position.START : at.span().place();
    Position key = place;
    for (int from = 1; at != null && from <= pointer.length(); ) {
      int slash = pointer.indexOf('/', from);
      int end = slash < 0 ? pointer.length() : slash;
      String step = pointer.substring(from, end).replace("~1", "/").replace("~0", "~");
      YamlNode next = step(values, at, step);
      key = next == null ? place : keyPlace(at, step, next);
      place = next == null ? place : next.span().place();
      at = next;
      from = end + 1;
    }
    return new Found(at == null ? null : at.target(), place, key);
  }

  private static @Nullable YamlNode step(YamlValues values, YamlNode node, String step) {
    return switch (node.target()) {
      case YamlNode.Mapping mapping -> values.members(mapping).get(step);
      case YamlNode.Sequence sequence -> {
        int index = step.matches("[0-9]{1,9}") ? Integer.parseInt(step) : Integer.MAX_VALUE;
        yield index < sequence.items().size() ? sequence.items().get(index) : null;
      }
      case YamlNode.Scalar _, YamlNode.Alias _ -> null;
    };
  }

  private static Position keyPlace(YamlNode node, String key, YamlNode value) {
    if (node.target() instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (entry.key().text().equals(key)) {
          return entry.key().span().place();
        }
      }
    }
    return value.span().place();
  }
}
