package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.HistoryReport;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.problem.FixException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix history}: the runs of this kitchen. */
final class HistoryCommand implements Callable<Integer> {
  private final Shell shell;

  private int limit = 20;

  HistoryCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(this, "history", "Lists the runs of this kitchen, the newest first.")
        .help()
        .number("-n, --limit N", "How many. Default: ${DEFAULT-VALUE}.", 20, v -> limit = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("history");
    if (limit < 1) {
      throw FixException.invalid(
          "--limit %d: at least 1 was expected".formatted(limit), "try -n 20");
    }
    try (RunHistory history = shell.history()) {
      List<RunSummary> runs = history == null ? List.of() : history.runs(limit);
      PrintStream out = shell.around().out();
      if (shell.globals().json()) {
        out.println(HistoryReport.json(runs));
      } else if (runs.isEmpty()) {
        shell.around().err().println("No run yet in this kitchen.");
      } else {
        out.print(HistoryReport.text(runs, shell.terminal(), ZoneId.systemDefault()));
      }
      return 0;
    }
  }
}
