package dev.kitchenhooks.cli;

import dev.kitchenhooks.plan.Work;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin final Help help = new Help();

  @Option(names = "--why-run", description = "The plan of a run with --why-run.")
  boolean whyRun;

  PlanCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("plan");
    var request = new RunRequest(words.orders, words.phase, new Work.Converge(whyRun), options);
    return new PlanShow(shell).show(Preparation.prepare(shell, request));
  }
}
