package dev.kitchenhooks.backup;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps borgmatic's configurations in step with what compose files say of backups: written after a
 * deploy, removed after an undeploy. Repositories stay.
 */
public final class BackupHook implements AppHook {
  @Override
  public String name() {
    return "backup";
  }

  @Override
  public void lint(Confs confs, Problems problems) {
    BackupConf.read(confs, problems);
  }

  @Override
  public void run(AppCall call, AppHookContext context) {
    switch (call.moment()) {
      case POST_DEPLOY -> deployed(call, context);
      case POST_UNDEPLOY -> undeployed(call, context);
      case PRE_DEPLOY, PRE_UNDEPLOY ->
          context.say().accept("nothing to do at " + call.moment().id());
    }
  }

  private static void deployed(AppCall call, AppHookContext context) {
    Optional<BackupConf> found = conf(context);
    List<Plan.Volume> volumes = plan(call, context);
    if (found.isEmpty()) {
      refuseWithoutRepository(call, volumes);
      context.say().accept("%s asks for no backups".formatted(call.app()));
      return;
    }
    BackupConf conf = found.get();
    var owner = new Owner(call.app(), call.environment());
    List<Repository> repositories = repositories(call, context, conf, volumes);
    var texts = new LinkedHashMap<String, String>();
    repositories.forEach(r -> texts.put(r.name(), BorgmaticText.of(r, owner, conf)));
    List<String> gone =
        texts.isEmpty()
            ? new ConfigDirectory(conf.directory()).remove(owner, Set.of())
            : new ConfigDirectory(conf.directory()).replace(owner, texts);
    gone.forEach(name -> context.say().accept("no more backups of " + name));
    if (repositories.isEmpty()) {
      context.say().accept("%s asks for no backups".formatted(call.app()));
    }
    initialize(context, conf, repositories);
  }

  private static void refuseWithoutRepository(AppCall call, List<Plan.Volume> volumes) {
    if (!volumes.isEmpty()) {
      throw FixException.invalid(
          "%s asks for backups of %s, and no repository is named"
              .formatted(
                  call.app(),
                  volumes.stream().map(Plan.Volume::name).collect(Collectors.joining(", "))),
          "name one in confs/" + BackupConf.FILE);
    }
  }

  private static List<Repository> repositories(
      AppCall call, AppHookContext context, BackupConf conf, List<Plan.Volume> volumes) {
    if (volumes.isEmpty()) {
      return List.of();
    }
    Path root = conf.volumes().orElseGet(context.volumes()::root);
    return volumes.stream()
        .map(v -> Repository.of(v, call.app(), call.environment(), root, conf.repository()))
        .toList();
  }

  /** After the configurations: a repository that is out of reach today may not be tonight. */
  private static void initialize(
      AppHookContext context, BackupConf conf, List<Repository> repositories) {
    var borg = new Borg(conf, context.variables(), context.kitchen());
    var failed = new ArrayList<String>();
    for (Repository each : repositories) {
      String said =
          switch (borg.init(each)) {
            case Borg.Made() -> "new repository " + each.address();
            case Borg.Existed() -> "the repository %s is there already".formatted(each.address());
            case Borg.Failed(String why) -> {
              failed.add(each.address());
              yield "borg init %s: %s".formatted(each.address(), why);
            }
          };
      context
          .say()
          .accept("%s is kept %d days; %s".formatted(each.name(), each.retentionDays(), said));
    }
    if (!failed.isEmpty()) {
      throw new FixException(
          ExitCode.NODE_FAILED,
          "borgmatic is configured, but there may be no repository at " + String.join(", ", failed),
          "see what borg says above; the next deploy tries again");
    }
  }

  private static void undeployed(AppCall call, AppHookContext context) {
    Optional<BackupConf> conf = conf(context);
    if (conf.isEmpty()) {
      context.say().accept("no backups are configured: there is no confs/" + BackupConf.FILE);
      return;
    }
    // Its compose file may be gone; our own configurations are known without it.
    List<Plan.Volume> volumes = Files.exists(call.composeFile()) ? plan(call, context) : List.of();
    List<String> gone =
        new ConfigDirectory(conf.get().directory())
            .remove(
                new Owner(call.app(), call.environment()),
                volumes.stream()
                    .map(v -> Repository.of(v, call.app(), call.environment(), Path.of("/"), ""))
                    .map(Repository::name)
                    .collect(Collectors.toSet()));
    context
        .say()
        .accept(
            gone.isEmpty()
                ? "%s had no backups in %s".formatted(call.app(), call.environment())
                : "no more backups of %s; what was backed up stays"
                    .formatted(String.join(", ", gone)));
  }

  private static Optional<BackupConf> conf(AppHookContext context) {
    var problems = new Problems();
    Optional<BackupConf> conf = BackupConf.read(context.confs(), problems);
    problems.throwIfErrors("the configuration of backups is invalid; nothing was written");
    return conf;
  }

  private static List<Plan.Volume> plan(AppCall call, AppHookContext context) {
    var problems = new Problems();
    ComposeFile compose =
        ComposeFile.read(call.composeFile(), call.composeFile().toString(), problems);
    problems.throwIfErrors("the compose file cannot be used; no backup was changed");
    if (Objects.requireNonNull(compose).root().isEmpty()) {
      throw FixException.invalid(
          "%s is empty; no backup was changed".formatted(call.composeFile()),
          "give the compose file that is deployed");
    }
    List<Plan.Volume> volumes = Plan.read(compose, call.app(), call.environment(), problems);
    problems.throwIfErrors("what the compose file says of backups is wrong; none was changed");
    problems.warnings().forEach(warning -> context.say().accept(warning.format()));
    return volumes;
  }
}
