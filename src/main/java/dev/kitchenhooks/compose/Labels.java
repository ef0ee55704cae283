package dev.kitchenhooks.compose;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Labels on every service of a compose file. Only what they need is written: comments, order,
 * anchors, quotes, indentation and line ends stay, and nothing but the labels of services means
 * anything else afterwards.
 */
public final class Labels {
  private Labels() {}

  /**
   * The file's text with these labels on each of its services, in the place of any of the same
   * names. Services of which nothing is said stay as they are.
   *
   * @param labels names and values; a {@code $} in a value is doubled, as compose wants it
   * @throws FixException if the file is written in a way that cannot be edited
   */
  public static String set(ComposeFile compose, SequencedMap<String, String> labels) {
    var escaped = new LinkedHashMap<String, String>();
    labels.forEach((name, value) -> escaped.put(name, value.replace("$", "$$")));
    YamlDocument document = compose.document();
    if (document.root().isEmpty()) {
      return document.text();
    }
    LabelCheck.check(compose, escaped.keySet());
    ObjectNode expected = labelled(compose.root(), escaped);
    for (TextEdits.Placement placement : TextEdits.Placement.values()) {
      String result = edited(document, document.root().get(), escaped, placement);
      ComposeFile after = ComposeFile.parse(compose.file(), result, new Problems());
      if (after != null && after.root().equals(expected)) {
        return result;
      }
    }
    throw FixException.invalid(
        "the services of %s cannot be labelled: it is written in an unusual way"
            .formatted(compose.file()),
        "write its services, and the labels in them, as plain mappings");
  }

  private static String edited(
      YamlDocument document,
      YamlNode root,
      SequencedMap<String, String> labels,
      TextEdits.Placement placement) {
    var edits = new TextEdits(document.text(), placement);
    new LabelWriter(labels, edits, new YamlText(isJson(document.text()))).label(root);
    return edits.apply();
  }

  private static boolean isJson(String text) {
    return text.stripLeading().startsWith("{");
  }

  /** What the file is to mean afterwards. */
  static ObjectNode labelled(ObjectNode root, SequencedMap<String, String> labels) {
    ObjectNode result = root.deepCopy();
    for (JsonNode service : result.path("services")) {
      if (service instanceof ObjectNode definition && !definition.isEmpty()) {
        if (definition.get("labels") instanceof ArrayNode list) {
          labels.forEach((name, value) -> put(list, name, name + "=" + value));
        } else {
          ObjectNode own =
              definition.get("labels") instanceof ObjectNode mapping
                  ? mapping
                  : definition.putObject("labels");
          labels.forEach(own::put);
        }
      }
    }
    return result;
  }

  private static void put(ArrayNode list, String name, String item) {
    boolean there = false;
    for (int i = 0; i < list.size(); i++) {
      String text = list.get(i).asString();
      if (text.equals(name) || text.startsWith(name + "=")) {
        list.set(i, StringNode.valueOf(item));
        there = true;
      }
    }
    if (!there) {
      list.add(item);
    }
  }
}
