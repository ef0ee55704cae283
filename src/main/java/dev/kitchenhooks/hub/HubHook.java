package dev.kitchenhooks.hub;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps {@code apps.json}: after a deploy, and before an undeploy, while the compose file is still
 * there.
 */
public final class HubHook implements AppHook {
  @Override
  public String name() {
    return "hub";
  }

  @Override
  public void lint(Confs confs, Problems problems) {
    HubConf.read(confs, problems);
  }

  @Override
  public void run(AppCall call, AppHookContext context) {
    switch (call.moment()) {
      case POST_DEPLOY -> deployed(call, context);
      case PRE_UNDEPLOY -> undeployed(call, context);
      case PRE_DEPLOY, POST_UNDEPLOY ->
          context.say().accept("nothing to do at " + call.moment().id());
    }
  }

  private static void deployed(AppCall call, AppHookContext context) {
    if (!Files.exists(call.composeFile())) {
      context.say().accept("nothing was written: there is no " + call.composeFile());
      return;
    }
    List<Claim> links = links(call);
    place(context)
        .ifPresent(file -> {
          for (Claim taken : file.deployed(call.app(), call.environment(), links)) {
            context
                .say()
                .accept(
                    "warning: %s in %s was the entry of another application too"
                        .formatted(taken.key(), call.environment()));
          }
          context
              .say()
              .accept(
                  "%s has %d link%s in %s: %s"
                      .formatted(
                          call.app(),
                          links.size(),
                          links.size() == 1 ? "" : "s",
                          call.environment(),
                          file.path()));
        });
  }

  private static void undeployed(AppCall call, AppHookContext context) {
    List<String> services =
        Files.exists(call.composeFile())
            ? links(call).stream().map(Claim::service).toList()
            : List.of();
    place(context)
        .filter(file -> Files.exists(file.path()))
        .ifPresent(file -> {
          file.undeployed(call.app(), call.environment(), services);
          context
              .say()
              .accept(
                  "%s has no links in %s any more: %s"
                      .formatted(call.app(), call.environment(), file.path()));
        });
  }

  private static List<Claim> links(AppCall call) {
    var problems = new Problems();
    ComposeFile compose =
        ComposeFile.read(call.composeFile(), call.composeFile().toString(), problems);
    problems.throwIfErrors("the compose file cannot be used; the hub was not changed");
    return Links.of(call.app(), Objects.requireNonNull(compose));
  }

  private static Optional<AppsFile> place(AppHookContext context) {
    var problems = new Problems();
    Optional<HubConf> conf = HubConf.read(context.confs(), problems);
    problems.throwIfErrors("the hub's configuration is invalid; nothing was written");
    return new HubPlace(conf.orElseThrow(), context.volumes())
        .find(why -> context.say().accept("nothing was written: " + why));
  }
}
