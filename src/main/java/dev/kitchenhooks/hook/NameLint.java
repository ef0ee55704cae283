package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.Report;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names that are taken for one another, and definitions that do the same under two names. */
final class NameLint {
  private final KitchenConfig.Hooks config;
  private final Problems problems = new Problems();
  private final Map<String, HookDefinition> byFoldedName = new HashMap<>();
  private final Map<Work, HookDefinition> byWork = new HashMap<>();
  private final Set<String> tags = new HashSet<>();

  /** All that decides what is done, and when. */
  private record Work(
      HookType type,
      Path executable,
      List<String> args,
      Filters filters,
      Place place,
      Map<String, Variable> environment) {}

  private NameLint(KitchenConfig.Hooks config) {
    this.config = config;
  }

  static List<Problem> check(Loaded loaded, KitchenConfig.Hooks config) {
    var lint = new NameLint(config);
    loaded.hooks().forEach(hook -> lint.tags.addAll(hook.tags()));
    for (HookDefinition hook : loaded.hooks()) {
      var document = loaded.documents().get(hook.name());
      if (document != null) {
        lint.check(hook, new Report(document, lint.problems));
      }
    }
    return lint.problems.sorted();
  }

  private void check(HookDefinition hook, Report report) {
    String quoted = JsonText.quoted(hook.name());
    String folded = hook.name().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
    HookDefinition alike = byFoldedName.putIfAbsent(folded, hook);
    if (alike != null) {
      report.warning(
          LintRule.SHADOWED_NAME.id(),
          "/name",
          "%s is hardly told from %s, in %s"
              .formatted(quoted, JsonText.quoted(alike.name()), alike.file()),
          null);
    }
    if (tags.contains(hook.name())) {
      report.warning(
          LintRule.SHADOWED_NAME.id(),
          "/name",
          "%s is a tag, too: --skip-hooks %s leaves out this hook, and tag:%s those with the tag"
              .formatted(quoted, hook.name(), hook.name()),
          null);
    }
    if (HookType.BUILT_IN.contains(hook.name()) || config.phases().contains(hook.name())) {
      report.warning(
          LintRule.SHADOWED_NAME.id(), "/name", quoted + " is the name of a phase, too", null);
    }
    if (hook.enabled()) {
      twins(hook, report);
    }
  }

  private void twins(HookDefinition hook, Report report) {
    for (HookType type : hook.types()) {
      var work =
          new Work(
              type,
              hook.executable(),
              hook.args(),
              hook.filters(),
              hook.place(),
              hook.environment());
      HookDefinition first = byWork.putIfAbsent(work, hook);
      if (first != null) {
        report.warning(
            LintRule.TWIN.id(),
            "/exec",
            "does the same as %s, in %s, as %s"
                .formatted(JsonText.quoted(first.name()), first.file(), type.id()),
            "one of them can go");
        return;
      }
    }
  }
}
