package dev.kitchenhooks.wrap;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.store.AtomicFile;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A node's file, as a plugin gets it and may change it. */
final class NodeFile {
  /** What is told beside the file's own members, and never written into it. */
  private static final String ABOUT = "fix";

  private static final Pattern FIRST_INDENT = Pattern.compile("\\n([ \\t]+)\"");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Kitchen kitchen;
  private final NodeFacts node;
  private final String text;
  private final ObjectNode document;

  /**
   * Reads it.
   *
   * @throws dev.kitchenhooks.problem.FixException if it has broken since the run was planned
   */
  NodeFile(Kitchen kitchen, NodeFacts node) throws IOException {
    this.kitchen = kitchen;
    this.node = node;
    this.text = kitchen.nodeText(node.fqdn());
    this.document = kitchen.nodeDocument(node.fqdn());
  }

  /** The file's members, and one more with what the kitchen makes of it. */
  String forPlugin() {
    ObjectNode all = document.deepCopy();
    ObjectNode about = all.putObject(ABOUT);
    about.put("fqdn", node.fqdn());
    about.put("chef_environment", node.environment());
    about.set("roles", MAPPER.valueToTree(node.roles()));
    about.set("recipes", MAPPER.valueToTree(node.recipes()));
    about.set("tags", MAPPER.valueToTree(node.tags()));
    about.set("attributes", kitchen.attributes(node, document).merged());
    return MAPPER.writeValueAsString(all) + "\n";
  }

  /**
   * Writes the changed node into its file, and tells what has changed.
   *
   * @param printed by the plugin
   * @return why it was not done
   */
  Optional<String> replaceBy(String printed, LineSink output) throws IOException {
    var problems = new Problems();
    JsonDocument changed = JsonDocument.parse("the plugin's output", printed, problems);
    if (changed == null || problems.hasErrors() || !(changed.root() instanceof ObjectNode to)) {
      return refused(problems.errors());
    }
    to.remove(ABOUT);
    if (to.equals(document)) {
      return Optional.empty();
    }
    String written = inStyle(to);
    List<Problem> errors = kitchen.nodeErrors(node.fqdn(), written);
    if (!errors.isEmpty()) {
      return refused(errors);
    }
    if (!kitchen.nodeText(node.fqdn()).equals(text)) {
      return Optional.of(shown() + " was changed by somebody else while the plugin ran");
    }
    AtomicFile.write(kitchen.nodeFile(node.fqdn()), written, "rw-r--r--");
    tell(to, output);
    return Optional.empty();
  }

  private Optional<String> refused(List<Problem> errors) {
    String first = errors.isEmpty() ? "no JSON object" : errors.getFirst().format();
    return Optional.of(
        "what it printed is no node, %s stays as it is: %s".formatted(shown(), first));
  }

  private String shown() {
    return "nodes/" + node.fqdn() + ".json";
  }

  /** Indented as the file is, and ending as it does. */
  private String inStyle(ObjectNode to) {
    Matcher first = FIRST_INDENT.matcher(text);
    var indenter = new DefaultIndenter(first.find() ? first.group(1) : "  ", "\n");
    var printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter)
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER));
    String json = MAPPER.writer().with(printer).writeValueAsString(to);
    return text.endsWith("\n") || text.isEmpty() ? json + "\n" : json;
  }

  private void tell(ObjectNode to, LineSink output) {
    Set<String> names = new LinkedHashSet<>(document.propertyNames());
    names.addAll(to.propertyNames());
    for (String name : names) {
      JsonNode before = document.get(name);
      JsonNode now = to.get(name);
      String what;
      if (before == null) {
        what = "set to " + JsonText.value(now);
      } else if (now == null) {
        what = "removed, was " + JsonText.value(before);
      } else if (before.equals(now)) {
        continue;
      } else {
        what = "%s, was %s".formatted(JsonText.value(now), JsonText.value(before));
      }
      output.line("%s: %s %s".formatted(shown(), JsonText.quoted(name), what));
    }
  }
}
