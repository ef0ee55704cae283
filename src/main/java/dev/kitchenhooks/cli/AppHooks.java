package dev.kitchenhooks.cli;

import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.backup.BackupHook;
import dev.kitchenhooks.hook.LintRule;
import dev.kitchenhooks.hub.HubHook;
import dev.kitchenhooks.monitoring.MonitoringHook;
import dev.kitchenhooks.notify.NotifyHook;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.List;

/** The hooks of applications that fix brings along. */
final class AppHooks {
  private AppHooks() {}

  static List<AppHook> all() {
    return List.of(new MonitoringHook(), new HubHook(), new BackupHook(), new NotifyHook());
  }

  /** All that is wrong with their configuration. */
  static List<Problem> problems(Confs confs) {
    var found = new Problems();
    all().forEach(hook -> hook.lint(confs, found));
    return found.sorted().stream().map(p -> p.withRule(LintRule.CONFIGURATION.id())).toList();
  }

  /** The one of this name. */
  static AppHook named(String name) {
    List<String> names = all().stream().map(AppHook::name).toList();
    return all().stream()
        .filter(hook -> hook.name().equals(name))
        .findFirst()
        .orElseThrow(() -> {
          String near = Nearest.hint(name, names);
          return FixException.invalid(
              "there is no hook \"%s\" of applications".formatted(name),
              near == null ? "there are " + String.join(", ", names) : near);
        });
  }
}
