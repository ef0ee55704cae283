package dev.kitchenhooks.console;

import static java.util.stream.Collectors.toSet;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredApp;
import dev.kitchenhooks.history.StoredHook;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.hook.HookType;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One recorded run, as {@code fix status} shows it. */
public final class StatusReport {
  private static final String TIME = "yyyy-MM-dd HH:mm:ss";

  private StatusReport() {}

  /**
   * For a person; lines end with {@code \n}.
   *
   * @param fix how fix is called for the same kitchen, quoted for a shell
   * @param zone of the times shown
   */
  public static String text(StoredRun run, String fix, Terminal terminal, ZoneId zone) {
    var style = new Style(terminal);
    var lines = new ArrayList<>(head(run, style, zone));
    lines.addAll(apps(run, style));
    lines.addAll(hooks(run, style));
    lines.add("");
    lines.addAll(Recap.of(run, fix, style, Recap.Extent.FULL));
    return String.join("\n", lines) + "\n";
  }

  /** For a machine: one JSON object, described in {@code docs/json-output.md}; without line end. */
  public static String json(StoredRun run) {
    return HistoryJson.run(run);
  }

  private static List<String> head(StoredRun run, Style style, ZoneId zone) {
    RunSummary summary = run.summary();
    var lines = new ArrayList<String>();
    lines.add(
        style.bold("Run " + summary.id())
            + ": "
            + PlainText.of(summary.command())
            + (summary.phase().equals(HookType.DEPLOY) ? "" : ", phase " + summary.phase()));
    lines.add(
        "Started %s by %s (pid %d)"
            .formatted(
                DateTimeFormatter.ofPattern(TIME).withZone(zone).format(summary.startedAt()),
                PlainText.of(summary.user()),
                summary.pid()));
    run.request()
        .flatMap(StoredRequest::repeats)
        .ifPresent(earlier -> lines.add("Repeats run " + earlier));
    if (run.batches().divided()) {
      lines.add("In " + BatchText.of(run.batches()) + "; begun: " + run.batchesBegun());
    }
    summary
        .rollsBack()
        .ifPresent(rolledBack -> lines.add("Rolls back run " + PlainText.of(rolledBack)));
    for (StoredRun.StoredSkip skip : run.skipped()) {
      lines.add(
          style.yellow("Left out by %s: ".formatted(PlainText.of(skip.reason())))
              + "%s (%s)".formatted(PlainText.of(skip.name()), skip.type()));
    }
    return lines;
  }

  private static List<String> apps(StoredRun run, Style style) {
    if (run.apps().isEmpty()) {
      return List.of();
    }
    var table = new Table(Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT);
    for (StoredApp app : run.apps()) {
      Table.Cell outcome =
          app.end()
              .map(end ->
                  new Table.Cell(end.outcome().word(), word -> style.outcome(end.outcome(), word)))
              .orElse(Table.Cell.of("unfinished"));
      table.row(
          Table.Cell.of(PlainText.of(app.node())),
          Table.Cell.of(PlainText.of(app.name() + " " + app.version())),
          outcome,
          Table.Cell.of(PlainText.of(app.end().map(StoredApp.End::reason).orElse(""))));
    }
    var lines = new ArrayList<>(List.of("", "Applications"));
    table.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static List<String> hooks(StoredRun run, Style style) {
    if (run.hooks().isEmpty()) {
      return List.of();
    }
    var table =
        new Table(
            Table.Align.RIGHT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.LEFT);
    Set<Integer> last = run.lastAttempts().stream().map(StoredHook::number).collect(toSet());
    for (StoredHook hook : run.hooks()) {
      table.row(
          Table.Cell.of(String.valueOf(hook.number())),
          Table.Cell.of(PlainText.of(hook.name())),
          Table.Cell.of(hook.type()),
          Table.Cell.of(
              PlainText.of(hook.node().orElse("") + hook.app().map(app -> " " + app).orElse(""))),
          Table.Cell.of(hook.end().map(end -> Elapsed.of(end.result().duration())).orElse("")),
          ended(hook, run, last.contains(hook.number()), style));
    }
    var lines = new ArrayList<>(List.of("", "Hooks"));
    table.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static Table.Cell ended(StoredHook hook, StoredRun run, boolean isLast, Style style) {
    if (hook.end().isEmpty()) {
      boolean goesOn = run.summary().state() == RunSummary.State.RUNNING;
      return Table.Cell.of(goesOn ? "running" : "unfinished");
    }
    String attempt = isLast && hook.attempt() == 1 ? "" : ", attempt " + hook.attempt();
    if (!hook.failed()) {
      return new Table.Cell("ok" + attempt, style::green);
    }
    String how = Endings.of(hook.end().get().result()) + attempt;
    return new Table.Cell(how, isLast && Failures.isFailure(hook) ? style::red : style::yellow);
  }
}
