package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.plugin.FileChange;
import dev.kitchenhooks.plugin.History;
import dev.kitchenhooks.plugin.PluginResult;
import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what was done with each plugin. */
final class PluginShow {
  private static final int MOST_FILES = 30;

  private final Shell shell;

  PluginShow(Shell shell) {
    this.shell = shell;
  }

  void show(PluginResult result) {
    if (shell.globals().json()) {
      shell.around().out().println(json(result));
    } else if (result.fault().isPresent()) {
      PrintStream err = shell.around().err();
      err.println(
          "fix: %s: %s".formatted(shown(result), PlainText.of(result.fault().get().message())));
      if (result.fault().get().hint() != null) {
        err.println("  -> " + result.fault().get().hint());
      }
    } else {
      text(result, shell.around().out());
    }
  }

  private static void text(PluginResult result, PrintStream out) {
    String now = result.pin().map(PluginPin::shortCommit).orElse("");
    String old = result.old().map(PluginPin::shortCommit).orElse("");
    String kind = result.pin().map(pin -> pin.kind().word()).orElse("");
    out.println(
        shown(result)
            + ": "
            + switch (result.status()) {
              case PINNED -> "pinned at %s (%s)".formatted(now, kind);
              case MOVED -> "%s..%s (%s)".formatted(old, now, kind);
              case UP_TO_DATE -> "up to date at %s (%s)".formatted(now, kind);
              case FETCHED -> "fetched %s (%s)".formatted(now, kind);
              case DROPPED -> "dropped from the lock file, no hook uses it";
              case FAILED -> throw new IllegalStateException("without a fault: " + result);
            });
    if (result.status() != PluginResult.Status.MOVED) {
      return;
    }
    Optional<History> history = result.history();
    if (history.isEmpty()) {
      out.println("  not in its history: %s was moved or rewritten".formatted(result.ref()));
    } else {
      history
          .get()
          .commits()
          .forEach(c ->
              out.println(
                  "  " + PluginPin.shortened(c.commit()) + " " + PlainText.of(c.subject())));
      if (history.get().more() > 0) {
        out.println("  and %d more".formatted(history.get().more()));
      }
    }
    result.files().stream()
        .limit(MOST_FILES)
        .forEach(
            file -> out.println("  %-8s %s".formatted(file.word(), PlainText.of(file.path()))));
    if (result.files().size() > MOST_FILES) {
      out.println("  and %d more files".formatted(result.files().size() - MOST_FILES));
    }
  }

  private static String shown(PluginResult result) {
    return PlainText.of(result.repo() + " " + result.ref());
  }

  private static String json(PluginResult result) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("repo", result.repo());
    node.put("ref", result.ref());
    ArrayNode hooks = node.putArray("hooks");
    result.hooks().forEach(hooks::add);
    node.put("status", result.status().word());
    result.old().ifPresent(pin -> node.put("old_commit", pin.commit()));
    result
        .pin()
        .ifPresent(pin -> {
          node.put("kind", pin.kind().word());
          node.put("commit", pin.commit());
          node.put("tree", pin.tree());
        });
    result
        .history()
        .ifPresent(history -> {
          ArrayNode commits = node.putArray("commits");
          history
              .commits()
              .forEach(
                  c -> commits.addObject().put("commit", c.commit()).put("subject", c.subject()));
          node.put("more_commits", history.more());
        });
    if (!result.files().isEmpty()) {
      ArrayNode files = node.putArray("files");
      for (FileChange file : result.files()) {
        files.addObject().put("change", file.word()).put("path", file.path());
      }
    }
    result
        .fault()
        .ifPresent(fault -> {
          node.put("error", fault.message());
          if (fault.hint() != null) {
            node.put("hint", fault.hint());
          }
        });
    return node.toString();
  }
}
