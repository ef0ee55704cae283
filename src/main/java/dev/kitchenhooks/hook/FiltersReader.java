package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.Glob;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.schema.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code filters}, and says what no schema can say about them. */
final class FiltersReader {
  /** The proposal's own slip, accepted so that its example loads as it stands. */
  static final String MISSPELT_ENVIRONMENT = "chef_environement";

  private static final String POINTER = "/filters";

  private final JsonDocument document;
  private final Report report;

  FiltersReader(JsonDocument document, Report report) {
    this.document = document;
    this.report = report;
  }

  Filters read() {
    if (!document.at(POINTER).isObject()) {
      return Filters.NONE;
    }
    var values = new EnumMap<FilterKey, List<String>>(FilterKey.class);
    for (FilterKey key : FilterKey.values()) {
      String pointer = pointerOf(key);
      List<String> patterns = patterns(key, pointer);
      if (!patterns.isEmpty()) {
        values.put(key, patterns);
      }
    }
    return values.isEmpty() ? Filters.NONE : new Filters(Collections.unmodifiableMap(values));
  }

  private String pointerOf(FilterKey key) {
    String pointer = JsonDocument.child(POINTER, key.key());
    String misspelt = JsonDocument.child(POINTER, MISSPELT_ENVIRONMENT);
    if (key != FilterKey.CHEF_ENVIRONMENT || document.at(misspelt).isMissingNode()) {
      return pointer;
    }
    if (!document.at(pointer).isMissingNode()) {
      report.errorAtKey(
          misspelt,
          "\"%s\" and \"%s\" are the same filter".formatted(MISSPELT_ENVIRONMENT, key.key()),
          "keep only \"%s\"".formatted(key.key()));
      return pointer;
    }
    report.warningAtKey(
        misspelt,
        "\"%s\" is read as \"%s\"".formatted(MISSPELT_ENVIRONMENT, key.key()),
        "write \"%s\"".formatted(key.key()));
    return misspelt;
  }

  private List<String> patterns(FilterKey key, String pointer) {
    JsonNode list = document.at(pointer);
    var patterns = new ArrayList<String>();
    if (list.isArray()) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).isString() && list.get(i).stringValue().length() > 0) {
          String value = list.get(i).stringValue();
          check(key, value, JsonDocument.child(pointer, i));
          patterns.add(value);
        }
      }
    }
    return List.copyOf(patterns);
  }

  private void check(FilterKey key, String value, String pointer) {
    String pattern = PatternList.positive(value);
    Optional<String> asInRunList = runListItem(pattern);
    Optional<String> fault = Glob.fault(pattern);
    if (asInRunList.isPresent()) {
      report.error(
          pointer,
          "%s is written as in a run list".formatted(JsonText.quoted(value)),
          "write "
              + JsonText.quoted((PatternList.isNegated(value) ? "!" : "") + asInRunList.get()));
    } else if (fault.isPresent()) {
      report.error(pointer, JsonText.quoted(value) + " " + fault.get(), null);
    } else if (key == FilterKey.COMMANDS
        && HookedCommand.words().stream().noneMatch(PatternList.matcher(key, pattern))) {
      String near = Nearest.hint(pattern, HookedCommand.words());
      report.error(
          pointer,
          "unknown command " + JsonText.quoted(pattern),
          near == null ? "known are " + String.join(", ", HookedCommand.words()) : near);
    }
  }

  /** {@code web} of {@code role[web]}, which as a glob would mean something else. */
  private static Optional<String> runListItem(String pattern) {
    for (String kind : List.of("role[", "recipe[")) {
      if (pattern.startsWith(kind) && pattern.endsWith("]")) {
        return Optional.of(pattern.substring(kind.length(), pattern.length() - 1));
      }
    }
    return Optional.empty();
  }
}
