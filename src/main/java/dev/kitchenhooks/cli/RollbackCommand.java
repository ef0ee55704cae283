package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.Rollback;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.plan.NodeLimit;
import dev.kitchenhooks.problem.FixException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix rollback [RUN]}: nodes go back to the revision that they had before a run. */
final class RollbackCommand implements Callable<Integer> {
  private final Shell shell;

  private final RunOptions options = new RunOptions();
  private final WaitOption wait = new WaitOption();
  private boolean dryRun;
  private boolean force;
  private @Nullable String run;

  RollbackCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "rollback",
            "Converges the nodes of a run with the revision that each had before it, the last node first.")
        .with(options::addTo)
        .with(wait::addTo)
        .help()
        .dryRun(v -> dryRun = v)
        .flag("--force", "Also the nodes that another run has deployed since.", v -> force = v)
        .optionalArgument(
            "RUN",
            "The id of a run, or how it begins. Default: the last run that deployed something.",
            v -> run = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("rollback");
    if (options.environment != null) {
      throw FixException.invalid(
          "--env means nothing for a rollback: its nodes are those of a run",
          "try --limit, with the names of nodes");
    }
    Rollback back = look();
    RollbackText.left(back).forEach(shell.around().err()::println);
    if (!back.problems().isEmpty()) {
      throw RollbackText.impossible(back);
    }
    if (back.revisions().isEmpty()) {
      shell.around().err().println("Nothing to roll back.");
      return 0;
    }
    RunRequest request =
        RunRequest.ofRollback(back, force, new ConvergeOptions().manner(shell.globals()), options);
    return dryRun
        ? new PlanShow(shell).show(Preparation.prepare(shell, request))
        : new RunStart(shell).start(request, true, wait);
  }

  private Rollback look() {
    NodeLimit limit = options.limit();
    try (RunHistory history = shell.history()) {
      if (history == null) {
        throw FixException.invalid(
            "no run of this kitchen has deployed anything", "a rollback goes back from one");
      }
      return history.rollback(Optional.ofNullable(run), limit::ofNames, force);
    }
  }
}
