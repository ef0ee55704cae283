package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.RunFold;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.LockWait;
import dev.kitchenhooks.run.NodeLocks;
import dev.kitchenhooks.run.RunIds;
import dev.kitchenhooks.secret.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a run: asks, checks what it needs, and locks its nodes. */
final class RunStart {
  private final Shell shell;

  RunStart(Shell shell) {
    this.shell = shell;
  }

  /** Prepares and carries out, and returns the run's exit code. */
  int start(RunRequest request, boolean yes, WaitOption wait) {
    LockWait lockWait = wait.lockWait(line -> shell.around().err().println(line));
    Kitchen kitchen = shell.openKitchenForRun();
    Preparation prepared = Preparation.prepare(shell, kitchen, request);
    RunPlan plan = prepared.plan();
    if (plan.nodes().isEmpty()) {
      sayNothingToDo(plan);
      return 0;
    }
    Optional<AutomaticRollback> back =
        request.options().atomic
            ? Optional.of(new AutomaticRollback(request.options(), prepared.planRequest()))
            : Optional.empty();
    List<HookDefinition> hooks =
        Stream.concat(plan.hooks(), back.stream().flatMap(AutomaticRollback::hooks))
            .map(PlannedHook::definition)
            .toList();
    ContainerCheck.require(shell, kitchen, hooks.stream());
    Secrets secrets = prepared.secrets(shell, hooks);
    if (!yes && request.orders().meansAll() && !confirmed(plan, request.options())) {
      shell.around().err().println("Nothing has run.");
      return 0;
    }
    if (plan.work() instanceof Work.Converge) {
      CookbookStep.before(shell, kitchen);
    }
    try (PluginCheck _ = PluginCheck.open(shell, kitchen, prepared.loaded(), hooks.stream())) {
      var execution = new RunExecution(shell, kitchen, secrets, lockWait, Clock.systemUTC());
      return run(prepared, stored(request, secrets), execution, back);
    }
  }

  private void sayNothingToDo(RunPlan plan) {
    String dummies =
        plan.dummies().isEmpty()
            ? ""
            : " but dummies ("
                + String.join(", ", plan.dummies().stream().map(NodeFacts::fqdn).toList())
                + ")";
    shell.around().err().println("No nodes match" + dummies + "; nothing to do.");
  }

  private boolean confirmed(RunPlan plan, RunOptions options) {
    var prompt = new Prompt(shell.around());
    if (!prompt.canAsk()) {
      throw FixException.invalid(
          "node:all asks before it starts, and there is no terminal to ask at",
          "add --yes where nobody can answer");
    }
    String answer =
        prompt
            .ask(
                "%s %s%d nodes. Go on? [y/N]"
                    .formatted(
                        does(plan.work()),
                        options.limit.isEmpty() ? "all " : "",
                        plan.nodes().size()))
            .orElse("");
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  private static String does(Work work) {
    return switch (work) {
      case Work.Converge _, Work.Rollback _, Work.CommandPerNode _, Work.CommandOnce _ ->
          "This configures";
      case Work.RemoteShell _ -> "This runs the command on";
      case Work.NodePlugin _ -> "This runs the plugin for";
      case Work.InstallChef _ -> "This installs Chef on";
      case Work.Applications(String name, boolean undeploy) ->
          (undeploy ? "This takes %s away from" : "This deploys %s to").formatted(name);
    };
  }

  /** How the run can be repeated. A command without its secrets would be another. */
  private StoredRequest stored(RunRequest request, Secrets secrets) {
    List<String> words = shell.repeat().map(Repeat::words).orElseGet(request::words);
    boolean secret = words.stream().anyMatch(word -> !secrets.mask(word).equals(word));
    return new StoredRequest(
        secret ? List.of() : words, shell.around().directory(), shell.repeat().map(Repeat::run));
  }

  private int run(
      Preparation prepared,
      StoredRequest request,
      RunExecution execution,
      Optional<AutomaticRollback> back) {
    RunPlan plan =
        prepared
            .plan()
            .withCommand(shell.repeat().map(Repeat::text).orElse(prepared.plan().command()));
    Instant started = execution.clock().instant();
    String id = RunIds.next(started);
    String holder =
        "run %s of %s (pid %s) since %s"
            .formatted(
                id,
                shell.user(),
                ProcessHandle.current().pid(),
                started.truncatedTo(ChronoUnit.SECONDS));
    try (NodeLocks _ =
        NodeLocks.take(
            prepared.kitchen().state().locks(), locked(plan), holder, execution.lockWait())) {
      if (back.isEmpty()) {
        return execution.carryOut(plan, request, id, started, List.of()).exitCode();
      }
      var fold = new RunFold();
      RunResult result = execution.carryOut(plan, request, id, started, List.of(fold));
      back.get().after(fold.run(), result, execution);
      return result.exitCode();
    }
  }

  private static List<String> locked(RunPlan plan) {
    return plan.work().locksNodes() ? plan.fqdns() : List.of();
  }
}
