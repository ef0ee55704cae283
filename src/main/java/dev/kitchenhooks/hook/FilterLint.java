package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.Glob;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.schema.Report;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds one hook's filters beside what the kitchen has. */
final class FilterLint {
  private final HookDefinition hook;
  private final JsonDocument document;
  private final Report report;
  private final Map<FilterKey, Set<String>> knownNames;
  private final NodeIndex index;

  FilterLint(
      HookDefinition hook,
      JsonDocument document,
      Report report,
      Map<FilterKey, Set<String>> knownNames,
      NodeIndex index) {
    this.hook = hook;
    this.document = document;
    this.report = report;
    this.knownNames = knownNames;
    this.index = index;
  }

  void check() {
    boolean explained = index.nodes().isEmpty();
    for (var entry : hook.filters().values().entrySet()) {
      FilterKey key = entry.getKey();
      List<String> patterns = entry.getValue();
      long unknown = unknownNames(key, patterns);
      long positive = patterns.stream().filter(p -> !PatternList.isNegated(p)).count();
      if (positive > 0 && unknown == positive) {
        explained = true;
      } else if (takesOutAll(key, patterns)) {
        explained = true;
        report.warning(
            LintRule.NEVER_RUNS.id(),
            pointer(key),
            "%s takes out again all that it lets in: the hook never runs"
                .formatted(JsonText.place(document, pointer(key))),
            null);
      } else if (key != FilterKey.COMMANDS
          && !explained
          && index.matching(key, patterns).isEmpty()) {
        explained = true;
        report.warning(
            LintRule.NEVER_RUNS.id(),
            pointer(key),
            "%s matches no node of the kitchen: the hook never runs"
                .formatted(JsonText.place(document, pointer(key))),
            patterns.size() == 1 ? Nearest.hint(patterns.getFirst(), index.values(key)) : null);
      }
    }
    if (!explained && index.matching(hook.filters()).isEmpty()) {
      report.warning(
          LintRule.NEVER_RUNS.id(),
          "/filters",
          "no node of the kitchen matches all of these filters: the hook never runs",
          null);
    }
  }

  /** Whether no value can pass, whatever the kitchen has. */
  private static boolean takesOutAll(FilterKey key, List<String> patterns) {
    List<String> lets = patterns.stream().filter(p -> !PatternList.isNegated(p)).toList();
    if (lets.isEmpty() && key == FilterKey.COMMANDS) {
      lets = HookedCommand.byDefault();
    }
    return !lets.isEmpty()
        && lets.stream()
            .allMatch(value ->
                !Glob.isGlob(value)
                    && patterns.stream()
                        .filter(PatternList::isNegated)
                        .anyMatch(
                            p -> PatternList.matcher(key, PatternList.positive(p)).test(value)));
  }

  /** Warns of literal values that the kitchen does not have; how many positive ones there are. */
  private long unknownNames(FilterKey key, List<String> patterns) {
    Set<String> known = knownNames.get(key);
    if (known == null) {
      return 0;
    }
    long positive = 0;
    for (int i = 0; i < patterns.size(); i++) {
      String name = PatternList.positive(patterns.get(i));
      if (!Glob.isGlob(name) && !known.contains(name)) {
        positive += PatternList.isNegated(patterns.get(i)) ? 0 : 1;
        report.warning(
            LintRule.UNKNOWN_NAME.id(),
            JsonDocument.child(pointer(key), i),
            "the kitchen has no %s %s".formatted(noun(key), JsonText.quoted(name)),
            Nearest.hint(name, known));
      }
    }
    return positive;
  }

  private static String noun(FilterKey key) {
    return switch (key) {
      case ROLES -> "role";
      case CHEF_ENVIRONMENT -> "environment";
      case NODES -> "node";
      case RECIPES, TAGS, PLATFORM, COMMANDS -> key.key();
    };
  }

  private String pointer(FilterKey key) {
    String pointer = JsonDocument.child("/filters", key.key());
    return document.at(pointer).isMissingNode()
        ? JsonDocument.child("/filters", FiltersReader.MISSPELT_ENVIRONMENT)
        : pointer;
  }
}
