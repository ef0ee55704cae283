package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.kitchen.Cookbook;
import dev.kitchenhooks.kitchen.Listed;
import dev.kitchenhooks.kitchen.ListedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Roles, recipes, environments and plugins as the {@code list_...} orders show them. */
public final class KitchenListing {
  private static final String NO_DESCRIPTION = "(no description)";

  private KitchenListing() {}

  /** What has a name and a description, as two columns. */
  public static List<String> table(Map<String, Optional<String>> described, Terminal terminal) {
    var style = new Style(terminal);
    var table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    described.forEach((name, description) ->
        table.row(
            Table.Cell.of(PlainText.of(name)),
            description
                .filter(text -> !text.isBlank())
                .map(text -> Table.Cell.of(PlainText.of(text.strip())))
                .orElseGet(() -> new Table.Cell(NO_DESCRIPTION, style::dim))));
    return table.lines();
  }

  /** A role for a person, with all that it sets. */
  public static List<String> role(ListedRole role, Terminal terminal) {
    var style = new Style(terminal);
    var lines = new ArrayList<String>();
    lines.add(style.bold(PlainText.of(role.name())));
    lines.add(
        "  "
            + style.dim("description:")
            + " "
            + PlainText.of(role.description().orElse(NO_DESCRIPTION)));
    if (!role.runList().isEmpty()) {
      lines.add("  " + style.dim("run_list:"));
      lines.addAll(RunListText.lines(role.runList(), "    ", style));
    }
    role.ownRunLists()
        .forEach((environment, entries) -> {
          lines.add("  " + style.dim("run_list in " + PlainText.of(environment) + ":"));
          entries.forEach(entry -> lines.add("    " + PlainText.of(entry)));
        });
    attributes(lines, "default_attributes:", role.defaults(), style);
    attributes(lines, "override_attributes:", role.overrides(), style);
    return lines;
  }

  private static void attributes(
      List<String> lines, String title, ObjectNode attributes, Style style) {
    if (!attributes.isEmpty()) {
      lines.add("  " + style.dim(title));
      lines.addAll(AttributeText.tree(attributes, "    "));
    }
  }

  /** A recipe for a person, with what its cookbook says. */
  public static List<String> recipe(
      String recipe, String description, Cookbook cookbook, Terminal terminal) {
    var style = new Style(terminal);
    var lines = new ArrayList<String>();
    lines.add(style.bold(PlainText.of(recipe)));
    var table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    row(table, "description:", description.isEmpty() ? NO_DESCRIPTION : description, style);
    row(table, "version:", cookbook.version().orElse(""), style);
    row(table, "dependencies:", String.join(", ", dependencies(cookbook)), style);
    row(table, "attributes:", String.join(", ", cookbook.attributes()), style);
    row(table, "cookbook:", cookbook.place(), style);
    table.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static void row(Table table, String name, String value, Style style) {
    if (!value.isEmpty()) {
      table.row(new Table.Cell(name, style::dim), Table.Cell.of(PlainText.of(value)));
    }
  }

  private static List<String> dependencies(Cookbook cookbook) {
    return cookbook.dependencies().entrySet().stream()
        .map(d ->
            d.getValue().isEmpty() ? d.getKey() : "%s (%s)".formatted(d.getKey(), d.getValue()))
        .toList();
  }

  /** What {@code list_envs} and {@code list_plugins} have, for a machine; without line end. */
  public static String json(Listed listed) {
    ObjectNode json = named(listed.name(), listed.description());
    NodeListing.problems(json, listed.problems());
    return json.toString();
  }

  /** A role for a machine: one JSON object, without line end. */
  public static String json(ListedRole role) {
    ObjectNode json = named(role.name(), role.description());
    json.set("run_list", NodeListing.texts(role.runListEntries()));
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    role.ownRunLists().forEach((name, entries) -> own.set(name, NodeListing.texts(entries)));
    json.set("env_run_lists", own);
    json.set("default_attributes", role.defaults());
    json.set("override_attributes", role.overrides());
    NodeListing.problems(json, role.problems());
    return json.toString();
  }

  /** A recipe for a machine: one JSON object, without line end. */
  public static String json(String recipe, String description, Cookbook cookbook) {
    ObjectNode json = named(recipe, Optional.of(description).filter(text -> !text.isEmpty()));
    json.put("cookbook", cookbook.name());
    json.put("place", cookbook.place());
    cookbook.version().ifPresent(version -> json.put("version", version));
    ObjectNode dependencies = JsonNodeFactory.instance.objectNode();
    cookbook.dependencies().forEach(dependencies::put);
    json.set("dependencies", dependencies);
    json.set("attributes", NodeListing.texts(cookbook.attributes()));
    NodeListing.problems(json, cookbook.problems());
    return json.toString();
  }

  private static ObjectNode named(String name, Optional<String> description) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    description.ifPresent(text -> json.put("description", text));
    return json;
  }
}
