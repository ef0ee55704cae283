package dev.kitchenhooks.testkit;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A run told by a test: each call is one event, or the events of one hook or deploy, at a time that
 * the test sets. The events are told to a listener at once, and kept.
 */
public final class ScriptedRun {
  public static final Instant START = Instant.parse("2026-11-22T10:15:12Z");

  private final RunListener listener;
  private final List<RunEvent> events = new ArrayList<>();
  private Instant now = START;
  private int lastNumber;
  private Tally tally = Tally.NONE;

  public ScriptedRun(RunListener listener) {
    this.listener = listener;
  }

  public List<RunEvent> events() {
    return events;
  }

  public Instant now() {
    return now;
  }

  public ScriptedRun after(long milliseconds) {
    now = now.plusMillis(milliseconds);
    return this;
  }

  public ScriptedRun start(String runId, RunPlan plan) {
    return tell(new RunEvent.RunStarted(now, runId, plan, "ada", ProcessHandle.current().pid()));
  }

  public RunEvent.HookRun hookStarts(
      PlannedHook hook, @Nullable String node, OptionalInt code, List<String> argv) {
    var run = new RunEvent.HookRun(++lastNumber, hook, Optional.ofNullable(node), 1);
    tell(new RunEvent.HookStarted(now, run, argv, code, 1));
    return run;
  }

  public ScriptedRun hookSays(RunEvent.HookRun run, String line) {
    return tell(new RunEvent.HookOutput(now, run, line));
  }

  public ScriptedRun hookEnds(
      RunEvent.HookRun run, List<String> argv, ProcessResult result, List<String> tail) {
    return tell(new RunEvent.HookFinished(now, run, argv, result, tail, Optional.empty()));
  }

  /** A whole hook that exits by itself after some milliseconds. */
  public ScriptedRun hook(
      PlannedHook hook,
      @Nullable String node,
      OptionalInt code,
      int exitCode,
      long took,
      String... output) {
    var result = new ProcessResult(exitCode, ProcessResult.End.EXITED, "", Duration.ofMillis(took));
    return hook(hook, node, code, result, output);
  }

  public ScriptedRun hook(
      PlannedHook hook,
      @Nullable String node,
      OptionalInt code,
      ProcessResult result,
      String... output) {
    var argv = new ArrayList<String>();
    argv.add(hook.definition().executable().toString());
    code.ifPresent(c -> argv.add(String.valueOf(c)));
    if (node != null) {
      argv.add(node);
    }
    RunEvent.HookRun run = hookStarts(hook, node, code, List.copyOf(argv));
    for (String line : output) {
      hookSays(run, line);
    }
    after(result.duration().toMillis());
    return hookEnds(run, List.copyOf(argv), result, List.of(output));
  }

  public ScriptedRun batchStarts(int number, int of, int nodes) {
    return tell(new RunEvent.BatchStarted(now, number, of, nodes));
  }

  public ScriptedRun nodeStarts(String node) {
    return tell(new RunEvent.NodeStarted(now, node));
  }

  public ScriptedRun connects(String node, long took) {
    after(took);
    return tell(new RunEvent.NodeConnected(now, node, Duration.ofMillis(took)));
  }

  public ScriptedRun deployStarts(String node) {
    return tell(new RunEvent.DeployStarted(now, node));
  }

  public ScriptedRun deploySays(String node, String line) {
    return tell(new RunEvent.DeployOutput(now, node, line));
  }

  public ScriptedRun deployEnds(
      String node, int exitCode, String detail, long took, String... tail) {
    return tell(
        new RunEvent.DeployFinished(
            now,
            node,
            exitCode,
            detail,
            Duration.ofMillis(took),
            List.of(tail),
            Revisions.UNKNOWN));
  }

  public ScriptedRun nodeEnds(String node, Outcome outcome, String reason, long took) {
    tally = tally.plus(outcome);
    return tell(new RunEvent.NodeFinished(now, node, outcome, reason, Duration.ofMillis(took)));
  }

  public ScriptedRun commandStarts(String... argv) {
    return tell(new RunEvent.CommandStarted(now, List.of(argv)));
  }

  public ScriptedRun commandSays(String line) {
    return tell(new RunEvent.CommandOutput(now, line));
  }

  public ScriptedRun commandEnds(int exitCode, String detail, long took, String... tail) {
    return tell(
        new RunEvent.CommandFinished(
            now, exitCode, detail, Duration.ofMillis(took), List.of(tail)));
  }

  public ScriptedRun signal(StopSignal signal, boolean kill) {
    return tell(new RunEvent.StopRequested(now, signal, kill));
  }

  public ScriptedRun end(int exitCode, int codeBeforeHooks, RunResult.End end) {
    return tell(
        new RunEvent.RunFinished(
            now,
            new RunResult(exitCode, codeBeforeHooks, end, tally),
            Duration.between(START, now)));
  }

  private ScriptedRun tell(RunEvent event) {
    events.add(event);
    listener.on(event);
    return this;
  }
}
