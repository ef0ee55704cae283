package dev.kitchenhooks.run;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that happens in a run, in the order in which it happens. Told to every {@link RunListener}.
 */
public sealed interface RunEvent {
  /** When it happened. */
  Instant at();

  /**
   * One execution of one hook: what ties its events together.
   *
   * @param number unique in the run, from 1
   * @param hook which
   * @param node for a hook of a node, or of an application there, the FQDN; empty for a global one
   * @param app for a hook of an application its name
   * @param attempt from 1
   */
  record HookRun(
      int number, PlannedHook hook, Optional<String> node, Optional<String> app, int attempt) {
    /** Of the run, or of a node. */
    public HookRun(int number, PlannedHook hook, Optional<String> node, int attempt) {
      this(number, hook, node, Optional.empty(), attempt);
    }

    /**
     * What stands before its output: {@code web1.example.com [drain]}, {@code [notify]}, {@code
     * web1.example.com shop [hub]}.
     */
    public String label() {
      String name = app.map(a -> a + " ").orElse("") + "[" + hook.name() + "]";
      return node.map(fqdn -> fqdn + " " + name).orElse(name);
    }
  }

  record RunStarted(Instant at, String runId, RunPlan plan, String user, long pid)
      implements RunEvent {}

  /**
   * @param together how many hooks start with it, itself included
   */
  record HookStarted(
      Instant at, HookRun run, List<String> argv, OptionalInt returnCode, int together)
      implements RunEvent {}

  record HookOutput(Instant at, HookRun run, String line) implements RunEvent {}

  /**
   * @param result how the process ended
   * @param tail the last lines of its output
   * @param again for an attempt that failed: in what time the next one starts; empty where there is
   *     none
   */
  record HookFinished(
      Instant at,
      HookRun run,
      List<String> argv,
      ProcessResult result,
      List<String> tail,
      Optional<Duration> again)
      implements RunEvent {
    public boolean failed() {
      return result.exitCode() != 0;
    }
  }

  /**
   * All nodes of the batch before have ended; the nodes of this one start. Not told where the run
   * is not divided.
   *
   * @param number from 1
   * @param of how many batches the run has
   * @param nodes how many nodes are in it
   */
  record BatchStarted(Instant at, int number, int of, int nodes) implements RunEvent {}

  /** The node's turn has come: it is being connected to. */
  record NodeStarted(Instant at, String node) implements RunEvent {}

  record NodeConnected(Instant at, String node, Duration took) implements RunEvent {}

  record DeployStarted(Instant at, String node) implements RunEvent {}

  record DeployOutput(Instant at, String node, String line) implements RunEvent {}

  /**
   * @param detail for people where the code says too little; else empty
   * @param tail the last lines of its output
   * @param revisions of what is deployed, before and after it
   */
  record DeployFinished(
      Instant at,
      String node,
      int exitCode,
      String detail,
      Duration took,
      List<String> tail,
      Revisions revisions)
      implements RunEvent {}

  /** The deploy of an application, or its end, begins. */
  record AppStarted(Instant at, String node, Application app) implements RunEvent {}

  record AppOutput(Instant at, String node, String app, String line) implements RunEvent {}

  /** As {@link DeployFinished}. */
  record AppFinished(
      Instant at,
      String node,
      String app,
      int exitCode,
      String detail,
      Duration took,
      List<String> tail)
      implements RunEvent {}

  /**
   * Nothing more will happen to an application.
   *
   * @param reason why, for people; empty where the outcome says it all
   */
  record AppEnded(Instant at, String node, Application app, Outcome outcome, String reason)
      implements RunEvent {}

  /**
   * @param reason why, for people; empty where the outcome says it all
   * @param took since {@link NodeStarted}; zero for a node that never started
   */
  record NodeFinished(Instant at, String node, Outcome outcome, String reason, Duration took)
      implements RunEvent {}

  /** The command that is run once a run. */
  record CommandStarted(Instant at, List<String> argv) implements RunEvent {}

  record CommandOutput(Instant at, String line) implements RunEvent {}

  record CommandFinished(Instant at, int exitCode, String detail, Duration took, List<String> tail)
      implements RunEvent {}

  /** A signal arrived; what is in flight is told to stop, or killed the second time. */
  record StopRequested(Instant at, StopSignal signal, boolean kill) implements RunEvent {}

  record RunFinished(Instant at, RunResult result, Duration took) implements RunEvent {}
}
