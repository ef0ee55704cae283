package dev.kitchenhooks.console;

import dev.kitchenhooks.history.LatestApp;
import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.StoredApp;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.rules.Outcome;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The applications of a kitchen, as {@code fix app list} and {@code fix app status} show them. */
public final class AppsReport {
  private static final String TIME = "yyyy-MM-dd HH:mm:ss";

  private AppsReport() {}

  /**
   * An application of a node.
   *
   * @param latest what was done with it last, as far as is recorded
   */
  public record Line(String node, Application application, Optional<LatestApp> latest) {}

  /** What is declared, for a person; lines end with {@code \n}. */
  public static String list(List<Line> lines) {
    var table =
        new Table(
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT);
    for (Line line : lines) {
      Application app = line.application();
      table.row(
          cell(app.name()),
          cell(app.version()),
          cell(app.environment()),
          cell(line.node()),
          cell(app.composeFile() + " in " + app.targetDirectory()));
    }
    return String.join("\n", table.lines()) + "\n";
  }

  /** What became of each, for a person; lines end with {@code \n}. */
  public static String status(List<Line> lines, Terminal terminal, ZoneId zone) {
    var style = new Style(terminal);
    var table =
        new Table(
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT);
    var time = DateTimeFormatter.ofPattern(TIME).withZone(zone);
    for (Line line : lines) {
      Application app = line.application();
      Optional<LatestApp> latest = line.latest();
      table.row(
          cell(app.name()),
          cell(app.environment()),
          cell(line.node()),
          latest
              .map(last -> new Table.Cell(word(last), word -> style.outcome(last.outcome(), word)))
              .orElse(Table.Cell.of("never deployed")),
          cell(latest.map(last -> last.app().version()).orElse("")),
          cell(latest.map(last -> time.format(last.at()) + "  run " + last.runId()).orElse("")));
    }
    return String.join("\n", table.lines()) + "\n";
  }

  private static String word(LatestApp latest) {
    if (!latest.takenAway()) {
      return latest.word();
    }
    return latest.outcome() == Outcome.DEPLOYED ? "undeployed" : "undeploy " + latest.word();
  }

  private static Table.Cell cell(String text) {
    return Table.Cell.of(PlainText.of(text));
  }

  /** For a machine: an array, described in {@code docs/json-output.md}; without line end. */
  public static String json(List<Line> lines) {
    return JsonText.array(
        lines,
        (json, line) -> {
          Application app = line.application();
          json.text("app", app.name())
              .text("environment", app.environment())
              .text("node", line.node())
              .text("version", app.version())
              .text("compose_file", app.composeFile())
              .text("target_dir", app.targetDirectory());
          line.latest().ifPresent(latest -> json.object("last", last -> last(last, latest)));
        });
  }

  private static void last(JsonText json, LatestApp latest) {
    json.text("run", latest.runId())
        .text("version", latest.app().version())
        .text("action", latest.takenAway() ? "undeploy" : "deploy")
        .text("outcome", latest.word())
        .said("reason", latest.app().end().map(StoredApp.End::reason).orElse(""))
        .time("time", latest.at());
  }
}
