package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fix app deploy APP} and {@code fix app undeploy APP}. */
abstract sealed class AppRunCommand implements Callable<Integer> {
  private final Shell shell;
  private final boolean undeploy;

  @Parameters(paramLabel = "APP", description = "The application's name.")
  String app = "";

  @Option(
      names = "--node",
      paramLabel = "FQDN",
      description = "Only this node, or nodes like this pattern. May be given again.")
  List<String> nodes = new ArrayList<>();

  @Mixin final RunOptions options = new RunOptions();
  @Mixin final WaitOption wait = new WaitOption();

  @Option(names = "--dry-run", description = "Show the plan; start nothing, connect to nothing.")
  boolean dryRun;

  @Mixin final Help help = new Help();

  private AppRunCommand(Shell shell, boolean undeploy) {
    this.shell = shell;
    this.undeploy = undeploy;
  }

  @Override
  public Integer call() {
    shell.noWrapped("app");
    List<String> words =
        nodes.isEmpty() ? List.of("node:all") : nodes.stream().map(node -> "node:" + node).toList();
    var request =
        new RunRequest(
            Orders.parse(words),
            undeploy ? HookType.UNDEPLOY : HookType.DEPLOY,
            new Work.Applications(app, undeploy),
            options);
    return dryRun
        ? new PlanShow(shell).show(Preparation.prepare(shell, request))
        : new RunStart(shell).start(request, true, wait);
  }

  /** {@code fix app deploy APP}. */
  @Command(
      name = "deploy",
      sortOptions = false,
      header = "Deploys an application to the nodes that declare it.",
      customSynopsis = "fix app deploy [OPTIONS] APP",
      optionListHeading = "%nOptions:%n")
  static final class Deploy extends AppRunCommand {
    Deploy(Shell shell) {
      super(shell, false);
    }
  }

  /** {@code fix app undeploy APP}. */
  @Command(
      name = "undeploy",
      sortOptions = false,
      header = "Takes an application away from the nodes that declare it; its volumes stay.",
      customSynopsis = "fix app undeploy [OPTIONS] APP",
      optionListHeading = "%nOptions:%n")
  static final class Undeploy extends AppRunCommand {
    Undeploy(Shell shell) {
      super(shell, true);
    }
  }
}
