package dev.kitchenhooks.console;

import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredApp;
import dev.kitchenhooks.history.StoredHook;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.history.WorkEnd;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.Revisions;
import java.util.List;

/** Recorded runs as JSON, in the same words as the events of a run. */
final class HistoryJson {
  private HistoryJson() {}

  static String runs(List<RunSummary> runs) {
    return JsonText.array(runs, HistoryJson::summary);
  }

  static String run(StoredRun run) {
    return JsonText.object(json -> {
      summary(json, run.summary());
      json.text("repeats", run.request().flatMap(StoredRequest::repeats))
          .numbers("batches", run.batches().sizes());
      json.array("nodes", run.nodes(), HistoryJson::node);
      if (!run.apps().isEmpty()) {
        json.array("apps", run.apps(), HistoryJson::app);
      }
      json.array("hooks", run.hooks(), HistoryJson::hook)
          .array(
              "left_out",
              run.skipped(),
              (skip, s) ->
                  skip.text("hook", s.name()).text("type", s.type()).text("reason", s.reason()))
          .array(
              "signals",
              run.stops(),
              (stop, s) ->
                  stop.time("time", s.at())
                      .text("signal", s.signal().name())
                      .flag("kill", s.kill()));
      run.command()
          .ifPresent(command ->
              json.object(
                  "command_run",
                  c -> {
                    c.texts("argv", command.argv()).time("started", command.startedAt());
                    command.end().ifPresent(end -> end(c, end));
                  }));
      json.number("lost_events", run.lostEvents());
    });
  }

  private static void summary(JsonText json, RunSummary run) {
    json.text("run", run.id())
        .text("command", run.command())
        .text("phase", run.phase())
        .text("work", run.work().word())
        .text("rolls_back", run.rollsBack())
        .text("user", run.user())
        .number("pid", run.pid())
        .text("state", run.state().word())
        .time("started", run.startedAt());
    run.ending()
        .ifPresent(ending ->
            json.time("ended", ending.at())
                .millis("duration_ms", ending.took())
                .number("exit_code", ending.exitCode())
                .number("code_before_hooks", ending.codeBeforeHooks())
                .text("end", ending.end().word())
                .flag("turned_green", ending.turnedGreen())
                .flag("turned_red", ending.turnedRed()));
    json.number("planned", run.planned());
    tally(json, run.tally());
  }

  static void tally(JsonText json, Tally tally) {
    json.object(
        "tally",
        t ->
            t.number("deployed", tally.deployed())
                .number("failed", tally.failed())
                .number("skipped", tally.skipped())
                .number("soft-skipped", tally.softSkipped())
                .number("unreachable", tally.unreachable())
                .number("not-started", tally.notStarted())
                .number("interrupted", tally.interrupted()));
  }

  private static void node(JsonText json, StoredNode node) {
    json.text("node", node.fqdn()).text("environment", node.environment());
    node.startedAt().ifPresent(at -> json.time("started", at));
    node.connectTook().ifPresent(took -> json.millis("connect_ms", took));
    node.deploy().ifPresent(deploy -> json.object("deploy", d -> end(d, deploy)));
    node.end()
        .ifPresent(end ->
            json.text("outcome", end.outcome().word())
                .said("reason", end.reason())
                .millis("duration_ms", end.took()));
  }

  private static void app(JsonText json, StoredApp app) {
    json.text("node", app.node())
        .text("app", app.name())
        .text("environment", app.environment())
        .text("version", app.version())
        .text("target_dir", app.targetDirectory());
    app.deploy().ifPresent(deploy -> json.object("deploy", d -> end(d, deploy)));
    app.end()
        .ifPresent(end ->
            json.text("outcome", end.outcome().word())
                .said("reason", end.reason())
                .time("ended", end.at()));
  }

  private static void hook(JsonText json, StoredHook hook) {
    json.number("number", hook.number())
        .text("hook", hook.name())
        .said("description", hook.description())
        .text("type", hook.type())
        .text("node", hook.node())
        .text("app", hook.app())
        .number("attempt", hook.attempt())
        .flag("required", hook.required())
        .texts("argv", hook.argv())
        .number("return_code", hook.returnCode())
        .time("started", hook.startedAt());
    hook.end()
        .ifPresent(end ->
            json.number("exit_code", end.result().exitCode())
                .text("end", end.result().end().word())
                .said("detail", end.result().detail())
                .millis("duration_ms", end.result().duration())
                .texts("tail", end.tail()));
  }

  private static void end(JsonText json, WorkEnd end) {
    json.number("exit_code", end.exitCode())
        .said("detail", end.detail())
        .millis("duration_ms", end.took())
        .texts("tail", end.tail());
    revisions(json, end.revisions());
  }

  static void revisions(JsonText json, Revisions revisions) {
    json.text("revision_before", revisions.before()).text("revision_after", revisions.after());
  }
}
