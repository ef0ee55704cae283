package dev.kitchenhooks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fix plan ORDERS}: what a run would do. */
@Command(
    name = "plan",
    sortOptions = false,
    header = "Shows every node and hook of a run in order, with exact arguments. Starts nothing.",
    optionListHeading = "%nOptions:%n")
final class PlanCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final OrderWords words = new OrderWords();
  @Mixin final RunOptions options = new RunOptions();
  @Mixin final ConvergeOptions converge = new ConvergeOptions();
  @Mixin final Help help = new Help();

  PlanCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("plan");
    RunRequest request =
        RunRequest.of(words.orders, words.phase, converge.manner(shell.globals()), options);
    return new PlanShow(shell).show(Preparation.prepare(shell, request));
  }
}
