package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.container.Volumes;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Labels services before a deploy, and keeps the dashboards of those that are deployed. */
public final class MonitoringHook implements AppHook {
  private static final String DASHBOARDS = "dashboards";

  @Override
  public String name() {
    return "monitoring";
  }

  /** The published schema of its configuration. */
  public static String schema() {
    return MonitoringConf.schema();
  }

  @Override
  public void run(AppCall call, AppHookContext context) {
    switch (call.moment()) {
      case PRE_DEPLOY ->
          context
              .say()
              .accept(
                  Labelling.label(
                      call.composeFile(), Labelling.labels(call.app(), call.environment())));
      case POST_DEPLOY -> deployed(call, context);
      case PRE_UNDEPLOY -> context.say().accept("nothing to do at " + call.moment().id());
      case POST_UNDEPLOY -> undeployed(call, context);
    }
  }

  private static void deployed(AppCall call, AppHookContext context) {
    var problems = new Problems();
    Optional<MonitoringConf> conf = MonitoringConf.read(context.confs(), problems);
    Optional<Templates> templates = TemplateFiles.read(context.confs(), problems);
    Blacklist blacklist = Blacklist.read(context.confs(), problems);
    problems.throwIfErrors("the configuration of monitoring is invalid");
    file(call, context, conf.orElseThrow(), blacklist)
        .ifPresent(file -> {
          var change =
              file.change(existing ->
                  Optional.of(
                      Dashboard.deployed(
                          existing,
                          call.app(),
                          call.environment(),
                          templates.orElseThrow(),
                          conf.orElseThrow().environments())));
          context.say().accept(text(change, file));
        });
  }

  private static void undeployed(AppCall call, AppHookContext context) {
    var problems = new Problems();
    Optional<MonitoringConf> conf = MonitoringConf.read(context.confs(), problems);
    Blacklist blacklist = Blacklist.read(context.confs(), problems);
    problems.throwIfErrors("the configuration of monitoring is invalid");
    file(call, context, conf.orElseThrow(), blacklist)
        .ifPresent(file -> {
          var change =
              file.change(
                  existing -> existing.flatMap(d -> Dashboard.undeployed(d, call.environment())));
          context.say().accept(text(change, file));
        });
  }

  private static String text(DashboardFile.Change change, DashboardFile file) {
    return switch (change) {
      case NONE -> "nothing to change in " + file.path();
      case WRITTEN -> "wrote " + file.path();
      case DELETED -> "deleted %s: no environment is left".formatted(file.path());
    };
  }

  /** The application's dashboard; empty, and why is said, where it is to have none. */
  private static Optional<DashboardFile> file(
      AppCall call, AppHookContext context, MonitoringConf conf, Blacklist blacklist) {
    if (blacklist.names(call.app())) {
      context
          .say()
          .accept("%s has no dashboard: it is in confs/%s".formatted(call.app(), Blacklist.FILE));
      return Optional.empty();
    }
    return grafana(context, conf)
        .map(directory -> directory.resolve(DASHBOARDS))
        .filter(dashboards -> isThere(dashboards, context))
        .map(dashboards -> new DashboardFile(dashboards, call.app(), conf.lockWait()));
  }

  private static boolean isThere(Path dashboards, AppHookContext context) {
    boolean there = Files.isDirectory(dashboards);
    if (!there) {
      context.say().accept("no dashboard: there is no directory " + dashboards);
    }
    return there;
  }

  /** Grafana's provisioning directory. */
  private static Optional<Path> grafana(AppHookContext context, MonitoringConf conf) {
    if (conf.directory().isPresent()) {
      return conf.directory();
    }
    return switch (context.volumes().find(conf.volume())) {
      case Volumes.Directory(Path path) -> Optional.of(path);
      case Volumes.Absent(String why) -> {
        context.say().accept("no dashboard: " + why);
        yield Optional.empty();
      }
    };
  }

  @Override
  public void lint(Confs confs, Problems problems) {
    MonitoringConf.read(confs, problems);
    TemplateFiles.read(confs, problems);
    Blacklist.read(confs, problems);
  }
}
