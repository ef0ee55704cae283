package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.StatusReport;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.StoredRun;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix status [RUN]}: what a run did. */
final class StatusCommand implements Callable<Integer> {
  private final Shell shell;
  private @Nullable String run;

  StatusCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this, "status", "Shows the last run, or another: nodes, hooks, output of what failed.")
        .help()
        .optionalArgument(
            "RUN", "The id of a run, or how it begins. Default: the last run.", v -> run = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("status");
    try (RunHistory history = shell.history()) {
      Optional<StoredRun> stored =
          history == null
              ? Optional.empty()
              : run == null ? history.lastRun() : Optional.of(history.run(run));
      PrintStream out = shell.around().out();
      if (shell.globals().json()) {
        out.println(stored.map(StatusReport::json).orElse("null"));
      } else if (stored.isEmpty()) {
        shell.around().err().println("No run yet in this kitchen.");
      } else {
        out.print(
            StatusReport.text(
                stored.get(), shell.fixCommand(), shell.terminal(), ZoneId.systemDefault()));
      }
      return 0;
    }
  }
}
