package dev.kitchenhooks.console;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One JSON object a line for each event, in UTF-8, flushed line by line. {@code
 * docs/json-output.md} describes them; names are only ever added.
 */
public final class JsonLines implements RunListener {
  private final PrintStream out;
  private final Consumer<String> warn;
  private String runId = "";
  private boolean broken;

  /**
   * @param out where to; never throws, but remembers that it could not write
   * @param warn is told, once, that nobody takes the lines any more; the run goes on
   */
  public JsonLines(PrintStream out, Consumer<String> warn) {
    this.out = out;
    this.warn = warn;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      runId = started.runId();
    }
    if (broken) {
      return;
    }
    out.writeBytes((line(event) + "\n").getBytes(StandardCharsets.UTF_8));
    if (out.checkError()) { // which also flushes
      broken = true;
      warn.accept(
          "the JSON output cannot be written: nobody reads it any more, or its disk is full");
    }
  }

  private String line(RunEvent event) {
    return JsonText.object(json -> {
      json.text("event", name(event)).time("time", event.at()).text("run", runId);
      members(json, event);
    });
  }

  private static String name(RunEvent event) {
    return switch (event) {
      case RunEvent.RunStarted _ -> "run-started";
      case RunEvent.HookStarted _ -> "hook-started";
      case RunEvent.HookOutput _ -> "hook-output";
      case RunEvent.HookFinished _ -> "hook-finished";
      case RunEvent.BatchStarted _ -> "batch-started";
      case RunEvent.NodeStarted _ -> "node-started";
      case RunEvent.NodeConnected _ -> "node-connected";
      case RunEvent.DeployStarted _ -> "deploy-started";
      case RunEvent.DeployOutput _ -> "deploy-output";
      case RunEvent.DeployFinished _ -> "deploy-finished";
      case RunEvent.NodeFinished _ -> "node-finished";
      case RunEvent.AppStarted _ -> "app-started";
      case RunEvent.AppOutput _ -> "app-output";
      case RunEvent.AppFinished _ -> "app-finished";
      case RunEvent.AppEnded _ -> "app-ended";
      case RunEvent.CommandStarted _ -> "command-started";
      case RunEvent.CommandOutput _ -> "command-output";
      case RunEvent.CommandFinished _ -> "command-finished";
      case RunEvent.StopRequested _ -> "stop-requested";
      case RunEvent.RunFinished _ -> "run-finished";
    };
  }

  private static void members(JsonText json, RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted e -> runStarted(json, e);
      case RunEvent.HookStarted e ->
          hook(json, e.run())
              .texts("argv", e.argv())
              .number("return_code", e.returnCode())
              .number("together", e.together());
      case RunEvent.HookOutput e -> hook(json, e.run()).text("line", e.line());
      case RunEvent.HookFinished e -> {
        hook(json, e.run())
            .texts("argv", e.argv())
            .number("exit_code", e.result().exitCode())
            .text("end", e.result().end().word())
            .said("detail", e.result().detail())
            .millis("duration_ms", e.result().duration())
            .texts("tail", e.tail());
        e.again().ifPresent(in -> json.millis("again_in_ms", in));
      }
      case RunEvent.BatchStarted e ->
          json.number("batch", e.number()).number("of", e.of()).number("nodes", e.nodes());
      case RunEvent.NodeStarted e -> json.text("node", e.node());
      case RunEvent.NodeConnected e -> json.text("node", e.node()).millis("duration_ms", e.took());
      case RunEvent.DeployStarted e -> json.text("node", e.node());
      case RunEvent.DeployOutput e -> json.text("node", e.node()).text("line", e.line());
      case RunEvent.DeployFinished e -> {
        json.text("node", e.node())
            .number("exit_code", e.exitCode())
            .said("detail", e.detail())
            .millis("duration_ms", e.took())
            .texts("tail", e.tail());
        HistoryJson.revisions(json, e.revisions());
      }
      case RunEvent.NodeFinished e ->
          json.text("node", e.node())
              .text("outcome", e.outcome().word())
              .said("reason", e.reason())
              .millis("duration_ms", e.took());
      case RunEvent.AppStarted e -> app(json.text("node", e.node()), e.app());
      case RunEvent.AppOutput e ->
          json.text("node", e.node()).text("app", e.app()).text("line", e.line());
      case RunEvent.AppFinished e ->
          json.text("node", e.node())
              .text("app", e.app())
              .number("exit_code", e.exitCode())
              .said("detail", e.detail())
              .millis("duration_ms", e.took())
              .texts("tail", e.tail());
      case RunEvent.AppEnded e ->
          app(json.text("node", e.node()), e.app())
              .text("outcome", e.outcome().word())
              .said("reason", e.reason());
      case RunEvent.CommandStarted e -> json.texts("argv", e.argv());
      case RunEvent.CommandOutput e -> json.text("line", e.line());
      case RunEvent.CommandFinished e ->
          json.number("exit_code", e.exitCode())
              .said("detail", e.detail())
              .millis("duration_ms", e.took())
              .texts("tail", e.tail());
      case RunEvent.StopRequested e ->
          json.text("signal", e.signal().name()).flag("kill", e.kill());
      case RunEvent.RunFinished e -> runFinished(json, e);
    }
  }

  private static void runStarted(JsonText json, RunEvent.RunStarted event) {
    RunPlan plan = event.plan();
    json.text("command", plan.command())
        .text("phase", plan.phase())
        .text("work", plan.work().kind().word())
        .text("rolls_back", plan.work().rollsBack())
        .text("user", event.user())
        .number("pid", event.pid())
        .number("concurrency", plan.limits().concurrency())
        .numbers("batches", plan.limits().batches().sizes())
        .array(
            "nodes",
            plan.nodes(),
            (node, n) -> node.text("node", n.fqdn()).text("environment", n.facts().environment()))
        .texts("dummies", plan.dummies().stream().map(d -> d.fqdn()).toList())
        .array(
            "left_out",
            plan.skipped(),
            (skip, s) ->
                skip.text("hook", s.hook().name())
                    .text("type", s.hook().type().id())
                    .text("reason", s.reason()));
  }

  private static JsonText app(JsonText json, Application app) {
    return json.text("app", app.name())
        .text("environment", app.environment())
        .text("version", app.version());
  }

  private static JsonText hook(JsonText json, RunEvent.HookRun run) {
    PlannedHook hook = run.hook();
    HookDefinition definition = hook.definition();
    return json.number("number", run.number())
        .text("hook", definition.name())
        .text("type", hook.type().id())
        .text("node", run.node())
        .text("app", run.app())
        .number("attempt", run.attempt())
        .flag("required", definition.required());
  }

  private static void runFinished(JsonText json, RunEvent.RunFinished event) {
    RunResult result = event.result();
    json.number("exit_code", result.exitCode())
        .number("code_before_hooks", result.codeBeforeHooks())
        .text("end", result.end().word())
        .flag("turned_green", result.turnedGreen())
        .flag("turned_red", result.turnedRed())
        .millis("duration_ms", event.took());
    HistoryJson.tally(json, result.tally());
  }
}
