package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.kitchen.ListedNode;
import dev.kitchenhooks.kitchen.NodeAttributes;
import dev.kitchenhooks.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A node as {@code list_nodes} and {@code list_nodes_detailed} show it. */
public final class NodeListing {
  private NodeListing() {}

  /** For a person: what its file says. */
  public static List<String> text(ListedNode node, Terminal terminal) {
    var style = new Style(terminal);
    List<String> lines = head(node, style);
    field(lines, "Roles", node.roles(), style);
    field(lines, "Recipes", node.recipes(), style);
    if (!node.ownAttributes().isEmpty()) {
      lines.add("  " + style.dim("Node attributes:"));
      lines.addAll(AttributeText.flat(node.ownAttributes(), "    "));
    }
    return lines;
  }

  /** For a person: its run list as a tree, and the attributes of all levels in one. */
  public static List<String> detailed(
      ListedNode node, NodeAttributes attributes, Terminal terminal) {
    var style = new Style(terminal);
    List<String> lines = head(node, style);
    if (!node.runList().isEmpty()) {
      lines.add("  " + style.dim("Run list:"));
      lines.addAll(RunListText.lines(node.runList(), "    ", style));
    }
    ObjectNode merged = attributes.merged();
    if (!merged.isEmpty()) {
      lines.add("  " + style.dim("Attributes:"));
      lines.addAll(AttributeText.tree(merged, "    "));
    }
    return lines;
  }

  private static List<String> head(ListedNode node, Style style) {
    var lines = new ArrayList<String>();
    String mark =
        node.facts().isEmpty()
            ? style.red("  (not valid)")
            : node.dummy() ? style.dim("  (dummy)") : "";
    lines.add(style.bold(PlainText.of(node.fqdn())) + mark);
    field(lines, "Environment", List.of(node.environment()), style);
    field(lines, "Tags", node.tags(), style);
    return lines;
  }

  private static void field(
      List<String> lines, String name, Collection<String> values, Style style) {
    if (!values.isEmpty()) {
      String label = style.dim(name + ":") + " ".repeat("Environment".length() - name.length());
      lines.add("  " + label + " " + PlainText.of(String.join(", ", values)));
    }
  }

  /** For a machine: one JSON object with the node's own attributes, without line end. */
  public static String json(ListedNode node) {
    ObjectNode json = members(node);
    json.set("attributes", node.ownAttributes());
    return json.toString();
  }

  /** The same with the attributes of all levels in one, and level by level. */
  public static String json(ListedNode node, NodeAttributes attributes) {
    ObjectNode json = members(node);
    json.set("attributes", attributes.merged());
    json.set("default", attributes.defaults());
    json.set("normal", attributes.normal());
    json.set("override", attributes.overrides());
    return json.toString();
  }

  /** What {@code new_kitchen} did, for a machine; without line end. */
  public static String made(String kitchen, List<String> made, List<String> kept) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kitchen", kitchen);
    json.set("made", texts(made));
    json.set("kept", texts(kept));
    return json.toString();
  }

  private static ObjectNode members(ListedNode node) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", node.fqdn());
    json.put("chef_environment", node.environment());
    json.put("valid", node.facts().isPresent());
    json.put("dummy", node.dummy());
    json.set("run_list", texts(node.runListEntries()));
    json.set("roles", texts(node.roles()));
    json.set("recipes", texts(node.recipes()));
    json.set("tags", texts(node.tags()));
    problems(json, node.problems());
    return json;
  }

  static ArrayNode texts(Collection<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }

  /** Left out where there are none. */
  static void problems(ObjectNode json, Collection<Problem> problems) {
    if (!problems.isEmpty()) {
      json.set("problems", texts(problems.stream().map(Problem::format).toList()));
    }
  }
}
