package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.hook.Variable;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.HookByHand;
import dev.kitchenhooks.run.HookRunner;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.secret.Secrets;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code fix hooks test}: shows all that a hook is given, and what its end would mean in a run. */
final class HookTrial implements HandReport {
  private final PrintStream out;

  HookTrial(PrintStream out) {
    this.out = out;
  }

  /** What is shown before anything starts. */
  void announce(HookDefinition hook, HookType type, SampleNodes nodes, boolean dryRun) {
    out.println(
        "%s (%s) as %s".formatted(PlainText.of(hook.name()), PlainText.of(hook.file()), type));
    out.println(
        dryRun
            ? "The program really runs, with FIX_DRY_RUN=1: whether it heeds that is up to it."
            : "The program really runs. --dry-run sets FIX_DRY_RUN=1 for those that heed it.");
    out.println("For " + PlainText.of(nodes.text()));
  }

  @Override
  public HookRunner watched(HookRunner runner, Secrets secrets) {
    return (launch, output, stop) -> {
      HookRunner.Given given = runner.given(launch);
      List<String> argv = secrets.mask(given.argv());
      out.println(
          "Runs: "
              + PlainText.of(ShellWords.join(argv))
              + PlanShow.place(launch.definition().place()));
      out.println("Environment:");
      Map<String, String> environment = new TreeMap<>(given.environment());
      environment.forEach((name, value) -> {
        Variable declared = launch.definition().environment().get(name);
        boolean secret =
            declared instanceof Variable.FromFile || declared instanceof Variable.FromEnv;
        out.println("  " + PlainText.of(name + "=" + (secret ? "***" : secrets.mask(value))));
      });
      if (!given.more().isEmpty()) {
        out.println("  and " + given.more());
      }
      out.println("Output:");
      return runner.run(launch, output, stop);
    };
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.HookStarted _ -> {}
      case RunEvent.HookOutput output ->
          out.println(("  | " + PlainText.of(output.line())).stripTrailing());
      case RunEvent.HookFinished finished -> {
        out.println("Ended: " + PlainText.of(HandReport.end(finished)));
        if (finished.again().isEmpty()) {
          out.println("In a run: " + meaning(finished.run().hook(), finished.result().exitCode()));
        }
      }
      default -> throw new IllegalStateException("not part of one hook: " + event);
    }
  }

  @Override
  public void ended(HookByHand.Result result, Secrets secrets) {
    if (!result.values().isEmpty()) {
      out.println("Hands on:");
      result
          .values()
          .forEach((key, value) ->
              out.println("  FIX_OUT_" + PlainText.of(key + "=" + secrets.mask(value))));
    }
  }

  /** What a run would do after such an end. */
  static String meaning(PlannedHook hook, int exit) {
    HookType type = hook.type();
    boolean pre = type.moment() == Moment.PRE;
    if (type.scope() == Scope.USER) {
      return "it is in none; its exit code is that of fix hooks run";
    }
    if (type.scope() == Scope.APP && pre && exit != 0) {
      return exit == Outcome.NOT_NOW
          ? "the application would be left alone (soft-skipped), which is no error"
          : hook.definition().required()
              ? "the application would be skipped: not deployed, none of its other hooks run"
              : "the failure would be told and recorded, and change nothing: it is not required";
    }
    if (type.scope() == Scope.NODE && pre && exit == Outcome.NOT_NOW) {
      return "the node would be left alone (soft-skipped), which is no error";
    }
    if (!hook.definition().required()) {
      return exit == 0
          ? "it would go on"
          : "the failure would be told and recorded, and change nothing: it is not required";
    }
    if (type.scope() == Scope.GLOBAL && !pre) {
      return "the run would end with exit %d, unless an earlier required hook says otherwise"
          .formatted(exit);
    }
    if (exit == 0) {
      return "it would go on";
    }
    return type.scope() == Scope.GLOBAL
        ? "it would be over: no node deployed, no other hook run, exit 3"
        : pre
            ? "the node would be skipped: not deployed, none of its other hooks run; the others go on"
            : "it would be aborted: no further node starts, exit 4";
  }
}
