package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.RunEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an event says as it happens: one line, or none. */
final class EventLines {
  private final Style style;
  private final Set<String> started = new HashSet<>();
  private boolean connects = true;
  private WorkKind work = WorkKind.CONVERGE;

  EventLines(Style style) {
    this.style = style;
  }

  List<String> of(RunEvent event) {
    return switch (event) {
      case RunEvent.RunStarted e -> {
        connects = e.plan().work().connects();
        work = e.plan().work().kind();
        yield PlanLines.of(e.runId(), e.plan(), style);
      }
      case RunEvent.HookStarted e ->
          isQuiet(e.run()) ? List.of() : says(label(e.run()), started(e));
      case RunEvent.HookOutput e -> isQuiet(e.run()) ? List.of() : output(label(e.run()), e.line());
      case RunEvent.HookFinished e ->
          isQuiet(e.run()) && !e.failed() ? List.of() : says(label(e.run()), ended(e));
      case RunEvent.BatchStarted e ->
          List.of(
              style.bold("batch %d of %d".formatted(e.number(), e.of()))
                  + ": "
                  + Count.of(e.nodes(), "node"));
      case RunEvent.NodeStarted e -> {
        started.add(e.node());
        yield says(e.node(), connects ? "connecting" : "started");
      }
      case RunEvent.NodeConnected e ->
          connects ? says(e.node(), "connected in " + Elapsed.of(e.took())) : List.of();
      case RunEvent.DeployStarted e -> says(e.node(), begins());
      case RunEvent.DeployOutput e -> output(e.node(), e.line());
      case RunEvent.DeployFinished e ->
          says(e.node(), work(work.noun(), e.exitCode(), e.detail(), Elapsed.of(e.took())));
      case RunEvent.NodeFinished e -> started.contains(e.node()) ? ended(e) : List.of();
      case RunEvent.AppStarted e ->
          says(label(e.node(), e.app().name()), (app() + "ing ") + PlainText.of(e.app().version()));
      case RunEvent.AppOutput e -> output(label(e.node(), e.app()), e.line());
      case RunEvent.AppFinished e ->
          says(
              label(e.node(), e.app()),
              work(app(), e.exitCode(), e.detail(), Elapsed.of(e.took())));
      case RunEvent.AppEnded e ->
          // That it came through has been said, and that its deploy failed too.
          e.reason().isEmpty()
              ? List.of()
              : says(
                  label(e.node(), e.app().name()),
                  style.outcome(e.outcome()) + ": " + PlainText.of(e.reason()));
      case RunEvent.CommandStarted e ->
          says("command", "started: " + PlainText.of(ShellWords.join(e.argv())));
      case RunEvent.CommandOutput e -> output("command", e.line());
      case RunEvent.CommandFinished e ->
          List.of(work("command", e.exitCode(), e.detail(), Elapsed.of(e.took())));
      case RunEvent.StopRequested e -> List.of(style.yellow(stop(e)));
      case RunEvent.RunFinished _ -> List.of();
    };
  }

  /** What a node that it begins at is said to do. */
  private String begins() {
    return switch (work) {
      case APP_DEPLOY, APP_UNDEPLOY, CONVERGE, WHY_RUN -> "deploying";
      case ROLLBACK -> "rolling back";
      case SSH, COMMAND_PER_NODE, COMMAND_ONCE -> "running the command";
      case PLUGIN -> "running the plugin";
      case DEPLOY_CHEF -> "installing Chef";
    };
  }

  /** What is done with an application. */
  private String app() {
    return work == WorkKind.APP_UNDEPLOY ? "undeploy" : "deploy";
  }

  private static boolean isQuiet(RunEvent.HookRun run) {
    return run.hook().definition().output() == OutputMode.QUIET;
  }

  private static String label(String node, String app) {
    return node + " " + app;
  }

  private static String label(RunEvent.HookRun run) {
    return PlainText.of(run.label());
  }

  private static List<String> says(String who, String what) {
    return List.of(PlainText.of(who) + " " + what);
  }

  private List<String> output(String who, String line) {
    return List.of(
        (style.dim(PlainText.of(who) + " |") + " " + PlainText.of(line)).stripTrailing());
  }

  private static String started(RunEvent.HookStarted event) {
    String together = event.together() > 1 ? ", one of " + event.together() + " together" : "";
    return "started" + together + laterAttempt(event.run());
  }

  private static String laterAttempt(RunEvent.HookRun run) {
    return run.attempt() > 1 ? attempt(run) : "";
  }

  /** Where there may be several: which one it is. */
  private static String attempt(RunEvent.HookRun run) {
    int attempts = run.hook().definition().retries().attempts();
    return attempts > 1 ? ", attempt %d of %d".formatted(run.attempt(), attempts) : "";
  }

  private String ended(RunEvent.HookFinished event) {
    ProcessResult result = event.result();
    String took = " in " + Elapsed.of(result.duration());
    if (event.again().isPresent()) {
      return "%s%s (%s)%s; again in %s"
          .formatted(
              style.yellow("failed"),
              took,
              Endings.of(result),
              attempt(event.run()),
              Durations.format(event.again().get()));
    }
    if (!event.failed()) {
      return style.green("ok") + took + laterAttempt(event.run());
    }
    if (Endings.isNotNow(event.run().hook().type().id(), result.exitCode())) {
      return style.yellow("said not now") + took + " (exit " + Outcome.NOT_NOW + ")";
    }
    String how =
        style.red("failed") + took + " (" + Endings.of(result) + ")" + attempt(event.run());
    return event.run().hook().definition().required()
        ? how
        : how + "; not required, so the run goes on";
  }

  private String work(String what, int exitCode, String detail, String took) {
    return exitCode == 0
        ? what + " " + style.green("ok") + " in " + took
        : "%s %s in %s (%s)"
            .formatted(what, style.red("failed"), took, Endings.of(exitCode, detail));
  }

  private List<String> ended(RunEvent.NodeFinished event) {
    String how = style.outcome(event.outcome()) + " in " + Elapsed.of(event.took());
    return says(
        event.node(), event.reason().isEmpty() ? how : how + ": " + PlainText.of(event.reason()));
  }

  private static String stop(RunEvent.StopRequested event) {
    return event.kill()
        ? event.signal() + " again: what is still running is killed"
        : event.signal()
            + ": what is running is told to end, no further node is started; once more kills";
  }
}
