package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Typed reading of a document's members: a member of the wrong type is a problem at its place, and
 * then counts as missing.
 */
final class Fields {
  private final JsonDocument document;
  private final Problems problems;

  Fields(JsonDocument document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /** Whether the value at a pointer is an object; a problem where it is something else. */
  boolean isObject(String pointer) {
    JsonNode node = document.at(pointer);
    if (!node.isMissingNode() && !node.isObject()) {
      expected("an object", pointer, node);
    }
    return node.isObject();
  }

  /** The object at a pointer, not a copy; an empty one where there is none. */
  ObjectNode object(String pointer) {
    return isObject(pointer) && document.at(pointer) instanceof ObjectNode object
        ? object
        : JsonNodeFactory.instance.objectNode();
  }

  Optional<String> string(String pointer) {
    JsonNode node = document.at(pointer);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      expected("a string", pointer, node);
      return Optional.empty();
    }
    return Optional.of(node.stringValue());
  }

  boolean flag(String pointer) {
    JsonNode node = document.at(pointer);
    if (!node.isMissingNode() && !node.isBoolean()) {
      expected("true or false", pointer, node);
    }
    return node.isBoolean() && node.booleanValue();
  }

  /** An array's strings; entries that are none are problems and left out. */
  List<String> strings(String pointer) {
    JsonNode node = document.at(pointer);
    if (node.isMissingNode()) {
      return List.of();
    }
    if (!node.isArray()) {
      expected("a list of strings", pointer, node);
      return List.of();
    }
    var strings = new ArrayList<String>(node.size());
    for (int i = 0; i < node.size(); i++) {
      JsonNode entry = node.get(i);
      if (entry.isString()) {
        strings.add(entry.stringValue());
      } else {
        expected("a string", JsonDocument.child(pointer, i), entry);
      }
    }
    return strings;
  }

  /** A run list; entries that are none are problems and left out. */
  List<RunListEntry> runList(String pointer) {
    JsonNode node = document.at(pointer);
    List<String> texts = strings(pointer);
    var entries = new ArrayList<RunListEntry>(texts.size());
    for (int i = 0; i < node.size(); i++) {
      if (!node.get(i).isString()) {
        continue;
      }
      String text = node.get(i).stringValue();
      Optional<RunListEntry> entry = RunListEntry.parse(text);
      if (entry.isPresent()) {
        entries.add(entry.get());
      } else {
        problems.add(
            errorAt(
                    JsonDocument.child(pointer, i),
                    JsonText.quoted(text) + " is not a run list entry")
                .withHint(RunListEntry.FORMS));
      }
    }
    return entries;
  }

  /** The pointer of the first entry of a run list that reads as this one. */
  String pointerOf(RunListEntry entry, String runList) {
    JsonNode list = document.at(runList);
    for (int i = 0; i < list.size(); i++) {
      JsonNode text = list.get(i);
      if (text.isString() && RunListEntry.parse(text.stringValue()).equals(Optional.of(entry))) {
        return JsonDocument.child(runList, i);
      }
    }
    return runList;
  }

  Position place(String pointer) {
    return document.valueAt(pointer);
  }

  Problem errorAt(String pointer, String message) {
    Position at = document.valueAt(pointer);
    return Problem.error(document.file(), at.line(), at.column(), message);
  }

  private Problem warningAt(String pointer, String message) {
    Position at = document.valueAt(pointer);
    return Problem.warning(document.file(), at.line(), at.column(), message);
  }

  /**
   * Warns of a {@code name} that is another one than the file's, which alone counts.
   *
   * @param kind what has the name
   * @param accepted what the member may say
   */
  void checkName(String kind, List<String> accepted) {
    string("/name")
        .filter(name -> !accepted.contains(name))
        .ifPresent(name ->
            problems.add(
                warningAt(
                        "/name", "the %s is called %s here".formatted(kind, JsonText.quoted(name)))
                    .withHint("its file's name counts: " + JsonText.quoted(accepted.getFirst()))));
  }

  private void expected(String what, String pointer, JsonNode found) {
    String must =
        pointer.isEmpty() ? "the file must hold" : JsonText.place(document, pointer) + " must be";
    problems.add(errorAt(pointer, "%s %s, not %s".formatted(must, what, JsonText.kind(found))));
  }
}
