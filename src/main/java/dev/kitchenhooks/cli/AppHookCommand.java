package dev.kitchenhooks.cli;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.apphook.RunHook;
import dev.kitchenhooks.container.Volumes;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code fix app-hook NAME}: what the scripts in {@code kitchen/hooks/app} start. It belongs to a
 * run, so it takes none of a run's locks and may be called inside of one.
 */
final class AppHookCommand implements Callable<Integer> {
  private static final int ARGUMENTS = 5;

  private final Shell shell;

  private String name = "";
  private List<String> arguments = new ArrayList<>();
  private @Nullable String moment;

  AppHookCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "app-hook",
            "Does what a shipped hook of applications does; its scripts call this.")
        .hidden()
        .help()
        .argument("NAME", "Which hook.", v -> name = v)
        .otherArguments(
            "APP ENV VERSION COMPOSE_FILE TARGET_DIR",
            1,
            "What every hook of an application is given; more is ignored.",
            v -> arguments = v)
        .text(
            "--moment MOMENT",
            "pre_deploy, post_deploy, pre_undeploy or post_undeploy. Default: what FIX_HOOK_TYPE says.",
            v -> moment = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("app-hook");
    AppHook hook = AppHooks.named(name);
    String type = shell.around().variable("FIX_HOOK_TYPE", "");
    if (moment == null && type.startsWith("global_post") && hook instanceof RunHook ofRuns) {
      ofRuns.ofRun(context(hook.name()));
      return ExitCode.OK.code();
    }
    if (arguments.size() < ARGUMENTS) {
      throw FixException.invalid(
          "a hook of an application is given APP ENV VERSION COMPOSE_FILE TARGET_DIR",
          "there are only %d arguments here".formatted(arguments.size()));
    }
    Path from = shell.around().directory();
    var call =
        new AppCall(
            moment(),
            arguments.get(0),
            arguments.get(1),
            arguments.get(2),
            from.resolve(arguments.get(3)),
            from.resolve(arguments.get(4)));
    hook.run(call, context(hook.name()));
    return ExitCode.OK.code();
  }

  private AppMoment moment() {
    String word = moment == null ? shell.around().variable("FIX_HOOK_TYPE", "") : moment;
    return AppMoment.parse(word)
        .orElseThrow(() -> {
          String moments =
              Stream.of(AppMoment.values()).map(AppMoment::id).collect(Collectors.joining(", "));
          return word.isEmpty()
              ? FixException.invalid("which moment is it?", "say it with --moment: " + moments)
              : FixException.invalid(
                  "\"%s\" is no moment of an application".formatted(word), "there are " + moments);
        });
  }

  private AppHookContext context(String hook) {
    Kitchen kitchen = shell.findKitchen();
    return new AppHookContext(
        kitchen.directory(),
        Confs.of(kitchen.directory()),
        shell.around().environment(),
        new Volumes(
            kitchen.config().hooks().containerEngine(),
            shell.around().environment(),
            kitchen.directory()),
        line -> shell.around().err().println(hook + ": " + line));
  }
}
