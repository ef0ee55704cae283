package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.StatusReport;
import dev.kitchenhooks.history.StoredRun;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix status [RUN]}: what a run did. */
final class StatusCommand implements Callable<Integer> {
  private final Shell shell;
  private final RunArgument run = new RunArgument();

  StatusCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this, "status", "Shows the last run, or another: nodes, hooks, output of what failed.")
        .help()
        .with(run::addTo)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("status");
    Optional<StoredRun> stored = run.find(shell);
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
