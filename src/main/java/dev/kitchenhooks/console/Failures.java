package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.StoredApp;
import dev.kitchenhooks.history.StoredHook;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.history.WorkEnd;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Each deploy and each hook that failed, with the end of its output. */
final class Failures {
  private static final int TAIL_LINES = 10;

  /** Of each kind, at the end of a run; {@code fix status} has them all. */
  private static final int SHOWN = 10;

  private Failures() {}

  static List<String> of(StoredRun run, String fix, Style style, Recap.Extent extent) {
    var lines = new ArrayList<String>();
    run.command()
        .ifPresent(command ->
            command
                .end()
                .filter(end -> end.exitCode() != 0)
                .ifPresent(end -> lines.addAll(command(command, end, style))));
    List<StoredNode> nodes = run.nodes().stream().filter(Failures::deployFailed).toList();
    List<StoredApp> apps = run.apps().stream().filter(Failures::deployFailed).toList();
    List<StoredHook> hooks = run.lastAttempts().stream().filter(Failures::isFailure).toList();
    String status = fix + " status " + run.summary().id();
    int limit = extent == Recap.Extent.FULL ? Integer.MAX_VALUE : SHOWN;
    String noun = run.summary().work().noun();
    nodes.stream().limit(limit).forEach(node -> lines.addAll(deploy(noun, node, style)));
    more(lines, status, nodes.size() - limit, "failed " + noun);
    apps.stream().limit(limit).forEach(app -> lines.addAll(app(app, style)));
    more(lines, status, apps.size() - limit, "failed application");
    hooks.stream()
        .limit(limit)
        .forEach(hook -> lines.addAll(hook(hook, again(run, fix, hook), style)));
    more(lines, status, hooks.size() - limit, "failed hook");
    return lines;
  }

  /** A hook that we stopped ourselves has not failed, and neither has one that said "not now". */
  static boolean isFailure(StoredHook hook) {
    if (!hook.failed()) {
      return false;
    }
    ProcessResult result = hook.end().orElseThrow().result();
    return result.end() != ProcessResult.End.STOPPED
        && !Endings.isNotNow(hook.type(), result.exitCode());
  }

  private static boolean deployFailed(StoredNode node) {
    return node.deploy().isPresent()
        && node.deploy().get().exitCode() != 0
        && node.end().map(end -> end.outcome() != Outcome.INTERRUPTED).orElse(true);
  }

  private static boolean deployFailed(StoredApp app) {
    return app.deploy().isPresent()
        && app.deploy().get().exitCode() != 0
        && app.end().map(end -> end.outcome() != Outcome.INTERRUPTED).orElse(true);
  }

  private static List<String> app(StoredApp app, Style style) {
    WorkEnd end = app.deploy().orElseThrow();
    var lines =
        new ArrayList<>(
            List.of("", title("Application " + app.name(), " on " + app.node(), end, style)));
    lines.addAll(tail(end.tail()));
    return lines;
  }

  private static List<String> command(StoredRun.StoredCommand command, WorkEnd end, Style style) {
    var lines = new ArrayList<>(List.of("", title("Command", "", end, style)));
    lines.add("  " + PlainText.of(ShellWords.join(command.argv())));
    lines.addAll(tail(end.tail()));
    return lines;
  }

  private static List<String> deploy(String noun, StoredNode node, Style style) {
    WorkEnd end = node.deploy().orElseThrow();
    var lines =
        new ArrayList<>(List.of("", title(capitalized(noun), " on " + node.fqdn(), end, style)));
    lines.addAll(tail(end.tail()));
    return lines;
  }

  private static String capitalized(String noun) {
    return noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
  }

  private static String title(String what, String where, WorkEnd end, Style style) {
    return style.red("%s failed%s".formatted(what, PlainText.of(where)))
        + " after %s: %s"
            .formatted(Elapsed.of(end.took()), Endings.of(end.exitCode(), end.detail()));
  }

  private static List<String> hook(StoredHook hook, String again, Style style) {
    StoredHook.End end = hook.end().orElseThrow();
    var lines = new ArrayList<>(List.of(""));
    String where =
        hook.app().map(app -> " for " + app).orElse("")
            + hook.node().map(node -> " on " + node).orElse("");
    lines.add(
        style.red("Hook %s failed%s".formatted(PlainText.of(hook.name()), PlainText.of(where)))
            + " after %s: %s (%s%s%s)"
                .formatted(
                    Elapsed.of(end.result().duration()),
                    Endings.of(end.result()),
                    hook.type(),
                    hook.attempt() > 1 ? ", attempt " + hook.attempt() : "",
                    hook.required() ? "" : ", not required"));
    if (!hook.description().isEmpty()) {
      lines.add("  " + PlainText.of(hook.description()));
    }
    lines.addAll(tail(end.tail()));
    lines.add("  run it again: " + again);
    return lines;
  }

  /** The command that runs the hook once more: as the same type, with its nodes and its code. */
  private static String again(StoredRun run, String fix, StoredHook hook) {
    var words = new ArrayList<>(List.of("hooks", "run", hook.name(), "--type", hook.type()));
    words.addAll(
        hook.node()
            .map(node -> List.of("--node", node))
            .orElse(List.of("--run", run.summary().id())));
    hook.app().ifPresent(app -> words.addAll(List.of("--app", app)));
    hook.returnCode().ifPresent(code -> words.addAll(List.of("--rc", String.valueOf(code))));
    return PlainText.of(fix + " " + ShellWords.join(words));
  }

  private static List<String> tail(List<String> output) {
    return output.subList(Math.max(0, output.size() - TAIL_LINES), output.size()).stream()
        .map(line -> ("  | " + PlainText.of(line)).stripTrailing())
        .toList();
  }

  private static void more(List<String> lines, String status, int hidden, String what) {
    if (hidden > 0) {
      lines.add("");
      lines.add(
          "%d more %s: %s"
              .formatted(hidden, hidden == 1 ? what : what + "s", PlainText.of(status)));
    }
  }
}
