package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.ConsoleReport;
import dev.kitchenhooks.console.JsonLines;
import dev.kitchenhooks.history.AuditTrail;
import dev.kitchenhooks.history.OutputLog;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.EventBus;
import dev.kitchenhooks.run.LiveRuns;
import dev.kitchenhooks.run.LockWait;
import dev.kitchenhooks.run.NodeLocks;
import dev.kitchenhooks.run.RunEngine;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.run.RunIds;
import dev.kitchenhooks.run.RunListener;
import dev.kitchenhooks.secret.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts a run: asks, locks, opens the audit trail, and hands the plan to the engine. */
final class RunStart {
  private final Shell shell;
  private final Clock clock = Clock.systemUTC();

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
    ContainerCheck.require(shell, kitchen, ContainerCheck.hooks(plan));
    Secrets secrets = prepared.secrets(shell);
    if (!yes && request.orders().meansAll() && !confirmed(plan, request.options())) {
      shell.around().err().println("Nothing has run.");
      return 0;
    }
    if (plan.work() instanceof Work.Converge) {
      CookbookStep.before(shell, kitchen);
    }
    try (PluginCheck _ =
        PluginCheck.open(shell, kitchen, prepared.loaded(), ContainerCheck.hooks(plan))) {
      return run(prepared, stored(request, secrets), secrets, lockWait);
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
      case Work.Converge _, Work.CommandPerNode _, Work.CommandOnce _ -> "This configures";
      case Work.RemoteShell _ -> "This runs the command on";
      case Work.NodePlugin _ -> "This runs the plugin for";
      case Work.InstallChef _ -> "This installs Chef on";
    };
  }

  /** How the run can be repeated. A command without its secrets would be another. */
  private StoredRequest stored(RunRequest request, Secrets secrets) {
    List<String> words = shell.repeat().map(Repeat::words).orElseGet(request::words);
    boolean secret = words.stream().anyMatch(word -> !secrets.mask(word).equals(word));
    return new StoredRequest(
        secret ? List.of() : words, shell.around().directory(), shell.repeat().map(Repeat::run));
  }

  private int run(Preparation prepared, StoredRequest request, Secrets secrets, LockWait wait) {
    Instant started = clock.instant();
    String id = RunIds.next(started);
    var state = prepared.kitchen().state();
    String user = shell.user();
    String holder =
        "run %s of %s (pid %d) since %s"
            .formatted(
                id, user, ProcessHandle.current().pid(), started.truncatedTo(ChronoUnit.SECONDS));
    try (NodeLocks _ = NodeLocks.take(state.locks(), locked(prepared.plan()), holder, wait);
        LiveRuns _ = LiveRuns.join(state.locks(), state.runs(), id);
        RunHistory history = RunHistory.open(state.historyFile());
        ConsoleReport console =
            new ConsoleReport(
                shell.around().out(), shell.terminal(), shell.fixCommand(), Optional.of(request));
        OutputLog log = new OutputLog(state.runs(), ZoneId.systemDefault(), warnings(console))) {
      Consumer<String> warn = warnings(console);
      var listeners =
          new ArrayList<RunListener>(
              List.of(log, new AuditTrail(history, warn, Optional.of(request))));
      listeners.add(shell.globals().json() ? new JsonLines(shell.around().out(), warn) : console);
      var facts =
          new RunFacts(
              id,
              prepared.kitchen().directory(),
              state.run(id),
              user,
              started,
              shell.around().environment(),
              secrets);
      var events = new EventBus(listeners, secrets);
      return carryOut(prepared, facts, wait.telling(warn), events).exitCode();
    }
  }

  private static List<String> locked(RunPlan plan) {
    return plan.work().locksNodes() ? plan.fqdns() : List.of();
  }

  /** Warnings stand among the lines of a report, whose status line they must not tear. */
  private Consumer<String> warnings(ConsoleReport console) {
    return shell.globals().json()
        ? message -> shell.around().err().println("warning: " + message)
        : console::warn;
  }

  private RunResult carryOut(Preparation prepared, RunFacts facts, LockWait wait, EventBus events) {
    // These words reach the history, and every hook.
    String command = shell.repeat().map(Repeat::text).orElse(prepared.plan().command());
    RunPlan plan = prepared.plan().withCommand(facts.secrets().mask(command));
    try (RunTools opened = RunTools.open(shell, prepared.kitchen(), plan, facts, wait)) {
      var engine =
          new RunEngine(
              facts,
              plan,
              new RunEngine.Tools(
                  opened.deployer(),
                  opened.command(),
                  new RunEngine.HookTools(
                      HookRunners.open(opened.processes(), prepared.kitchen().config()),
                      opened.matches(),
                      events,
                      clock)));
      try (Signals _ = Signals.take(shell.around(), engine::signal)) {
        return engine.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the run's thread was interrupted", e);
    }
  }
}
