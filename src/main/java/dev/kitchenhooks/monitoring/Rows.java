package dev.kitchenhooks.monitoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The panels of a dashboard in their rows. Those of environments are ours to put in order and to
 * replace; all else is the user's, and stays.
 *
 * @param before panels above the first row
 * @param rows all rows in their order
 */
record Rows(List<JsonNode> before, List<Row> rows) {
  /** As titles of rows have always been. */
  private static final Pattern TITLE = Pattern.compile(".* for (.*) environments?");

  /**
   * A row.
   *
   * @param panel its own panel, which holds the others while it is collapsed
   * @param below its panels while it is not
   */
  record Row(JsonNode panel, List<JsonNode> below) {

    String title() {
      return panel.path("title").stringValue("").toLowerCase(Locale.ROOT);
    }

    /** The environment that it is for; empty where it is none of ours. */
    Optional<String> environment() {
      Matcher title = TITLE.matcher(title());
      return title.matches() ? Optional.of(title.group(1)) : Optional.empty();
    }

    boolean isFor(String environment) {
      return environment().equals(Optional.of(environment.toLowerCase(Locale.ROOT)));
    }
  }

  /** Those of a dashboard's list of panels; of rows for one environment the first counts. */
  static Rows of(JsonNode panels) {
    var before = new ArrayList<JsonNode>();
    var rows = new ArrayList<Row>();
    for (JsonNode panel : panels) {
      if (panel.path("type").stringValue("").equals("row")) {
        rows.add(new Row(panel, new ArrayList<>()));
      } else if (rows.isEmpty()) {
        before.add(panel);
      } else {
        rows.getLast().below().add(panel);
      }
    }
    var seen = new HashSet<String>();
    rows.removeIf(row -> row.environment().isPresent() && !seen.add(row.title()));
    return new Rows(before, rows);
  }

  boolean hasRowFor(String environment) {
    return rows.stream().anyMatch(row -> row.isFor(environment));
  }

  /** Whether there is a row for any environment, that of all of them aside. */
  boolean hasEnvironments() {
    return rows.stream()
        .flatMap(row -> row.environment().stream())
        .anyMatch(environment -> !environment.equals(Names.ALL));
  }

  Rows without(String environment) {
    return new Rows(before, rows.stream().filter(row -> !row.isFor(environment)).toList());
  }

  /**
   * With a row, which has its place among the others.
   *
   * @param order of the environments; rows for none of them come last, as they stand
   */
  Rows with(ObjectNode row, List<String> order) {
    var all = Stream.concat(rows.stream(), Stream.of(new Row(row, List.of()))).toList();
    var sorted = new ArrayList<Row>();
    order.forEach(
        environment -> all.stream().filter(r -> r.isFor(environment)).forEach(sorted::add));
    all.stream().filter(r -> order.stream().noneMatch(r::isFor)).forEach(sorted::add);
    return new Rows(before, sorted);
  }

  /** As a dashboard has them. */
  ArrayNode panels() {
    ArrayNode panels = JsonNodeFactory.instance.arrayNode();
    before.forEach(panels::add);
    for (Row row : rows) {
      panels.add(row.panel());
      row.below().forEach(panels::add);
    }
    return panels;
  }
}
