package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code confs/monitoring/templates}; each file that it lacks is the one of fix. */
final class TemplateFiles {
  private static final String DIRECTORY = "monitoring/templates/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private final Confs confs;
  private final Problems problems;
  private final Problems found = new Problems();

  private TemplateFiles(Confs confs, Problems problems) {
    this.confs = confs;
    this.problems = problems;
  }

  /**
   * Reads them.
   *
   * @param problems receives all that is wrong with all of them
   * @return empty where there was an error
   */
  static Optional<Templates> read(Confs confs, Problems problems) {
    return new TemplateFiles(confs, problems).read();
  }

  private Optional<Templates> read() {
    JsonDocument dashboard = template("dashboard");
    JsonDocument row = template("row");
    List<ObjectNode> panels = row == null ? List.of() : panels(row);
    problems.addAll(found.sorted());
    return found.hasErrors() || dashboard == null || row == null
        ? Optional.empty()
        : Optional.of(
            new Templates((ObjectNode) dashboard.root(), (ObjectNode) row.root(), panels));
  }

  private List<ObjectNode> panels(JsonDocument row) {
    var report = new Report(row, found);
    var panels = new ArrayList<ObjectNode>();
    JsonNode names = row.at("/panels");
    if (!names.isArray()) {
      report.error(
          "/panels",
          "\"panels\" must be the list of the row's panels",
          "each is the name of a file beside this one, without its .json");
      return panels;
    }
    for (int i = 0; i < names.size(); i++) {
      String at = JsonDocument.child("/panels", i);
      String name = names.get(i).stringValue("");
      if (!NAME.matcher(name).matches()) {
        report.error(at, JsonText.value(names.get(i)) + " is not the name of a template", null);
      } else if (confs.text(file(name), new Problems()) == null) {
        report.error(
            at,
            "there is no template " + JsonText.quoted(name),
            "it would be " + confs.shown(confs.file(file(name))));
      } else {
        JsonDocument panel = template(name);
        if (panel != null) {
          panels.add((ObjectNode) panel.root());
        }
      }
    }
    return panels;
  }

  private static String file(String name) {
    return DIRECTORY + name + ".json";
  }

  /** Null where it is not an object. */
  private @Nullable JsonDocument template(String name) {
    String shown = confs.shown(confs.file(file(name)));
    String text = confs.text(file(name), found);
    JsonDocument document = text == null ? null : JsonDocument.parse(shown, text, found);
    if (document == null) {
      return null;
    }
    var report = new Report(document, found);
    if (!document.root().isObject()) {
      report.error(
          "", "a template is one JSON object, not " + JsonText.kind(document.root()), null);
      return null;
    }
    checkTexts(document, "", document.root(), report);
    return document;
  }

  private static void checkTexts(
      JsonDocument document, String pointer, JsonNode node, Report report) {
    if (node.isObject()) {
      node.properties()
          .forEach(member ->
              checkTexts(
                  document,
                  JsonDocument.child(pointer, member.getKey()),
                  member.getValue(),
                  report));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        checkTexts(document, JsonDocument.child(pointer, i), node.get(i), report);
      }
    } else if (node.isString()) {
      for (String word : Placeholders.unknown(node.stringValue())) {
        report.error(
            pointer,
            word + " stands for nothing",
            "known are @" + String.join("@, @", Placeholders.KNOWN) + "@");
      }
    }
  }
}
