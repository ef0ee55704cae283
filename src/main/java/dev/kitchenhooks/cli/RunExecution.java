package dev.kitchenhooks.cli;

import dev.kitchenhooks.app.ComposeApps;
import dev.kitchenhooks.chef.NodePrograms;
import dev.kitchenhooks.console.ConsoleReport;
import dev.kitchenhooks.console.JsonLines;
import dev.kitchenhooks.history.AuditTrail;
import dev.kitchenhooks.history.OutputLog;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.AppDeployer;
import dev.kitchenhooks.run.EventBus;
import dev.kitchenhooks.run.LiveRuns;
import dev.kitchenhooks.run.LockWait;
import dev.kitchenhooks.run.RunEngine;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.run.RunListener;
import dev.kitchenhooks.secret.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries plans out, recorded and told, one after the other.
 *
 * @param secrets of the hooks of all of them
 * @param lockWait how long the nodes' own locks are waited for
 */
record RunExecution(Shell shell, Kitchen kitchen, Secrets secrets, LockWait lockWait, Clock clock) {
  /**
   * Under the locks of the plan's nodes.
   *
   * @param request how the run can be repeated
   * @param id of the run
   * @param more who else is told what happens
   */
  RunResult carryOut(
      RunPlan plan, StoredRequest request, String id, Instant started, List<RunListener> more) {
    var state = kitchen.state();
    try (Connections connections = Connections.of(shell, kitchen, plan);
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
      listeners.addAll(more);
      listeners.add(shell.globals().json() ? new JsonLines(shell.around().out(), warn) : console);
      var facts =
          new RunFacts(
              id,
              kitchen.directory(),
              state.run(id),
              shell.user(),
              started,
              shell.around().environment(),
              secrets);
      // These words reach the history, and every hook.
      RunPlan masked = plan.withCommand(secrets.mask(plan.command()));
      return engine(
          masked, facts, connections, lockWait.telling(warn), new EventBus(listeners, secrets));
    }
  }

  /** Warnings stand among the lines of a report, whose status line they must not tear. */
  private Consumer<String> warnings(ConsoleReport console) {
    return shell.globals().json()
        ? message -> shell.around().err().println("warning: " + message)
        : console::warn;
  }

  /** What deploys applications, where the plan has some. */
  private Optional<AppDeployer> apps(RunPlan plan, RunFacts facts) {
    if (plan.nodes().stream().allMatch(node -> node.apps().isEmpty())) {
      return Optional.empty();
    }
    KitchenConfig config = kitchen.config();
    return Optional.of(
        new ComposeApps(
            facts,
            NodePrograms.of(config.converge(), config.ssh().password()),
            config.apps(),
            plan.work().takesAway()));
  }

  private RunResult engine(
      RunPlan plan, RunFacts facts, Connections connections, LockWait wait, EventBus events) {
    try (RunTools opened = RunTools.open(shell, kitchen, connections, plan, facts, wait)) {
      var engine =
          new RunEngine(
              facts,
              plan,
              new RunEngine.Tools(
                  opened.deployer(),
                  apps(plan, facts),
                  opened.command(),
                  new RunEngine.HookTools(
                      HookRunners.open(opened.processes(), kitchen.config()),
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
