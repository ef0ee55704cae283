package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Count;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.plugin.Caller;
import dev.kitchenhooks.plugin.PluginResult;
import dev.kitchenhooks.plugin.PluginUpdate;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.StopRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hooks update}. */
final class HooksUpdateCommand implements Callable<Integer> {
  private final Shell shell;

  private List<String> names = new ArrayList<>();
  private boolean locked;
  private @Nullable String timeout;

  HooksUpdateCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "update",
            "Fetches plugins from git, pins them in hook-plugins.lock, and shows what changed.")
        .description(
            "",
            "Exits 1 if a repository could not be fetched, 2 if what is asked of it is not there; the",
            "others are updated all the same.")
        .help()
        .arguments("NAME", 0, "Only the plugins of these hooks. Default: all.", v -> names = v)
        .flag(
            "--locked",
            "Fetch what is pinned where it is missing or was changed; pin nothing anew.",
            v -> locked = v)
        .text("--timeout DURATION", "How long one plugin may take. Default: 5m.", v -> timeout = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks update");
    Kitchen kitchen = shell.openKitchenForRun();
    Loaded declared = HookDefinitions.declared(kitchen.directory(), kitchen.config().hooks());
    var problems = new Problems();
    problems.addAll(declared.problems());
    problems.throwIfErrors("the hook definitions are not valid; nothing was updated");
    names.forEach(name -> requirePlugin(name, declared.hooks()));

    var results = new ArrayList<PluginResult>();
    var stop = new StopRequest();
    try (Signals _ = shell.stopOnSignal(stop)) {
      var caller = new Caller(shell.around().environment(), limit(), stop);
      var show = new PluginShow(shell);
      new PluginUpdate(kitchen, declared.hooks(), caller)
          .run(
              hook -> names.isEmpty() || names.contains(hook.name()),
              locked,
              result -> {
                results.add(result);
                show.show(result);
              });
    }
    if (results.isEmpty()) {
      shell.around().err().println("No hook has a plugin: nothing to update.");
    }
    return exitCode(results, programs(kitchen, results)).code();
  }

  private Duration limit() {
    if (timeout == null) {
      return Caller.DEFAULT_LIMIT;
    }
    return Durations.parse(timeout)
        .filter(limit -> !limit.isZero())
        .orElseThrow(() ->
            FixException.invalid(
                "--timeout %s is no length of time".formatted(timeout), "30s, 5m, 1h30m are"));
  }

  private static void requirePlugin(String name, List<HookDefinition> hooks) {
    HookDefinition hook =
        hooks.stream()
            .filter(h -> h.name().equals(name))
            .findFirst()
            .orElseThrow(() -> {
              String near = Nearest.hint(name, hooks.stream().map(HookDefinition::name).toList());
              return FixException.invalid(
                  "there is no hook \"%s\"".formatted(name),
                  near == null ? "fix hooks list shows them" : near);
            });
    if (hook.plugin().isEmpty()) {
      throw FixException.invalid(
          "the hook \"%s\" has no plugin".formatted(name), "its program is the kitchen's own");
    }
  }

  /** What a run would say of the programs in what is pinned now: better known at once. */
  private boolean programs(Kitchen kitchen, List<PluginResult> results) {
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    List<HookDefinition> updated =
        loaded.hooks().stream()
            .filter(h -> results.stream().anyMatch(r -> r.hooks().contains(h.name())))
            .toList();
    List<Problem> problems =
        HookTrust.check(kitchen.directory(), new Loaded(updated, List.of(), loaded.documents()));
    shell.warn(problems);
    long errors = problems.stream().filter(Problem::isError).count();
    if (errors > 0) {
      shell.around().err().println("No run can start: " + Count.of(errors, "error") + ".");
    }
    return errors == 0;
  }

  /** An interrupt before all, then what only a person can mend, then what may pass by itself. */
  private static ExitCode exitCode(List<PluginResult> results, boolean programsAreThere) {
    List<ExitCode> faults =
        results.stream().flatMap(r -> r.fault().stream()).map(f -> f.exitCode()).toList();
    if (faults.contains(ExitCode.INTERRUPTED)) {
      return ExitCode.INTERRUPTED;
    }
    if (!programsAreThere) {
      return ExitCode.INVALID;
    }
    return faults.stream().max(Enum::compareTo).orElse(ExitCode.OK);
  }
}
