package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.AppsReport;
import dev.kitchenhooks.history.LatestApp;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.ExitCode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix app list} and {@code fix app status}. */
final class AppListCommand implements Callable<Integer> {
  private final Shell shell;
  private final boolean status;

  private @Nullable String app;
  private @Nullable String environment;

  private AppListCommand(Shell shell, boolean status) {
    this.shell = shell;
    this.status = status;
  }

  static AppListCommand list(Shell shell) {
    return new AppListCommand(shell, false);
  }

  static AppListCommand status(Shell shell) {
    return new AppListCommand(shell, true);
  }

  CommandSpec spec() {
    Syntax syntax =
        status
            ? Syntax.of(
                this,
                "status",
                "Shows what was done last with each application, and what came of it.")
            : Syntax.of(this, "list", "Lists the applications that nodes declare.");
    return syntax
        .synopsis("fix app " + (status ? "status" : "list") + " [--env ENV] [APP]")
        .optionalArgument("APP", "Only this application.", v -> app = v)
        .text("-e, --env ENV", "Only this environment.", v -> environment = v)
        .help()
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("app");
    List<AppsReport.Line> lines = lines(shell.openKitchen());
    if (shell.globals().json()) {
      shell.around().out().println(AppsReport.json(lines));
    } else if (lines.isEmpty()) {
      shell.around().err().println("No node declares such an application.");
    } else {
      shell
          .around()
          .out()
          .print(
              status
                  ? AppsReport.status(lines, shell.terminal(), ZoneId.systemDefault())
                  : AppsReport.list(lines));
    }
    return ExitCode.OK.code();
  }

  private List<AppsReport.Line> lines(Kitchen kitchen) {
    List<LatestApp> latest = latest();
    var lines = new ArrayList<AppsReport.Line>();
    List<NodeFacts> nodes = kitchen.soundNodes();
    AppSelection.declared(kitchen, nodes)
        .forEach((node, apps) -> {
          for (Application application : apps) {
            if (isMeant(application)) {
              lines.add(new AppsReport.Line(node, application, of(latest, node, application)));
            }
          }
        });
    return lines;
  }

  private boolean isMeant(Application application) {
    return (app == null || app.equals(application.name()))
        && (environment == null || environment.equals(application.environment()));
  }

  private List<LatestApp> latest() {
    @Nullable RunHistory history = shell.history();
    if (history == null) {
      return List.of();
    }
    try (history) {
      return history.latestApps();
    }
  }

  private static Optional<LatestApp> of(
      List<LatestApp> latest, String node, Application application) {
    return latest.stream()
        .filter(l ->
            l.app().node().equals(node)
                && l.app().name().equals(application.name())
                && l.app().environment().equals(application.environment()))
        .findFirst();
  }
}
