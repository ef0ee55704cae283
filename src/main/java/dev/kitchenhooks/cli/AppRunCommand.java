package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix app deploy APP} and {@code fix app undeploy APP}. */
final class AppRunCommand implements Callable<Integer> {
  private final Shell shell;
  private final boolean undeploy;

  private String app = "";
  private List<String> nodes = new ArrayList<>();
  private final RunOptions options = new RunOptions();
  private final WaitOption wait = new WaitOption();
  private boolean dryRun;

  private AppRunCommand(Shell shell, boolean undeploy) {
    this.shell = shell;
    this.undeploy = undeploy;
  }

  static AppRunCommand deploy(Shell shell) {
    return new AppRunCommand(shell, false);
  }

  static AppRunCommand undeploy(Shell shell) {
    return new AppRunCommand(shell, true);
  }

  CommandSpec spec() {
    Syntax syntax =
        undeploy
            ? Syntax.of(
                this,
                "undeploy",
                "Takes an application away from the nodes that declare it; its volumes stay.")
            : Syntax.of(this, "deploy", "Deploys an application to the nodes that declare it.");
    return syntax
        .synopsis("fix app " + (undeploy ? "undeploy" : "deploy") + " [OPTIONS] APP")
        .argument("APP", "The application's name.", v -> app = v)
        .texts(
            "--node FQDN",
            "Only this node, or nodes like this pattern. May be given again.",
            v -> nodes = v)
        .with(options::addTo)
        .with(wait::addTo)
        .dryRun(v -> dryRun = v)
        .help()
        .spec();
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
}
