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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fix app list} and {@code fix app status}. */
abstract sealed class AppListCommand implements Callable<Integer> {
  private final Shell shell;
  private final boolean status;

  @Parameters(paramLabel = "APP", arity = "0..1", description = "Only this application.")
  @Nullable String app;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "ENV",
      description = "Only this environment.")
  @Nullable String environment;

  @Mixin final Help help = new Help();

  private AppListCommand(Shell shell, boolean status) {
    this.shell = shell;
    this.status = status;
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

  /** {@code fix app list}. */
  @Command(
      name = "list",
      sortOptions = false,
      header = "Lists the applications that nodes declare.",
      customSynopsis = "fix app list [--env ENV] [APP]",
      optionListHeading = "%nOptions:%n")
  static final class Names extends AppListCommand {
    Names(Shell shell) {
      super(shell, false);
    }
  }

  /** {@code fix app status}. */
  @Command(
      name = "status",
      sortOptions = false,
      header = "Shows what was done last with each application, and what came of it.",
      customSynopsis = "fix app status [--env ENV] [APP]",
      optionListHeading = "%nOptions:%n")
  static final class Status extends AppListCommand {
    Status(Shell shell) {
      super(shell, true);
    }
  }
}
