package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.RunSummary;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The list of recorded runs, as {@code fix history} shows it. */
public final class HistoryReport {
  private HistoryReport() {}

  /**
   * A table for a person, in the order given; lines end with {@code \n}.
   *
   * @param zone of the times shown
   */
  public static String text(List<RunSummary> runs, Terminal terminal, ZoneId zone) {
    var style = new Style(terminal);
    DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone);
    var table =
        new Table(
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.LEFT,
            Table.Align.LEFT);
    table.row(cells(style, "RUN", "WHEN", "DEPLOYED", "EXIT", "TOOK", "WHO", "COMMAND"));
    for (RunSummary run : runs) {
      table.row(
          Table.Cell.of(run.id()),
          Table.Cell.of(time.format(run.startedAt())),
          Table.Cell.of(run.tally().deployed() + "/" + run.planned()),
          exit(run, style),
          Table.Cell.of(run.ending().map(ending -> Elapsed.of(ending.took())).orElse("")),
          Table.Cell.of(PlainText.of(run.user())),
          Table.Cell.of(PlainText.of(run.command())));
    }
    return String.join("\n", table.lines()) + "\n";
  }

  /** For a machine: one JSON array, described in {@code docs/json-output.md}; without line end. */
  public static String json(List<RunSummary> runs) {
    return HistoryJson.runs(runs);
  }

  private static Table.Cell[] cells(Style style, String... titles) {
    Table.Cell[] cells = new Table.Cell[titles.length];
    for (int i = 0; i < titles.length; i++) {
      cells[i] = new Table.Cell(titles[i], style::dim);
    }
    return cells;
  }

  private static Table.Cell exit(RunSummary run, Style style) {
    return switch (run.state()) {
      case RUNNING -> new Table.Cell("running", style::yellow);
      case DIED -> new Table.Cell("died", style::red);
      case ENDED -> {
        int code = run.ending().orElseThrow().exitCode();
        yield new Table.Cell(String.valueOf(code), code == 0 ? style::green : style::red);
      }
    };
  }
}
