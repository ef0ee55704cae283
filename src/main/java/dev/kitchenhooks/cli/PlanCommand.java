package dev.kitchenhooks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix plan ORDERS}: what a run would do. */
final class PlanCommand implements Callable<Integer> {
  private final Shell shell;

  private final OrderWords words = new OrderWords();
  private final RunOptions options = new RunOptions();
  private final ConvergeOptions converge = new ConvergeOptions();

  PlanCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "plan",
            "Shows every node and hook of a run in order, with exact arguments. Starts nothing.")
        .with(words::addTo)
        .with(options::addTo)
        .with(converge::addTo)
        .help()
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("plan");
    RunRequest request =
        RunRequest.of(words.orders, words.phase, converge.manner(shell.globals()), options);
    return new PlanShow(shell).show(Preparation.prepare(shell, request));
  }
}
