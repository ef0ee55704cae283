package dev.kitchenhooks.backup;

import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads which volumes of an application are backed up in one environment. */
final class Plan {
  private static final String KEY = "retention_days";

  /** Ten years; borg counts in days as well. */
  private static final int MOST_DAYS = 3650;

  private final ComposeFile compose;
  private final Problems problems;

  private Plan(ComposeFile compose, Problems problems) {
    this.compose = compose;
    this.problems = problems;
  }

  /**
   * A volume that is backed up.
   *
   * @param name as the compose file calls it
   * @param realName what the engine calls it
   * @param retentionDays how long backups are kept
   */
  record Volume(String name, String realName, int retentionDays) {}

  /**
   * What {@code x-backups} says, and {@code x-ENV-backups} in its place where both speak of the
   * same volume. An entry that says nothing there ends the backup of its volume.
   *
   * @param problems receives what is wrong with either, and names of volumes that are not declared
   */
  static List<Volume> read(
      ComposeFile compose, String application, String environment, Problems problems) {
    return new Plan(compose, problems).read(application, environment);
  }

  private List<Volume> read(String application, String environment) {
    SequencedMap<String, Integer> days = new LinkedHashMap<>();
    for (String section : List.of("x-backups", "x-" + environment + "-backups")) {
      Optional<ObjectNode> entries = compose.section(section, problems);
      for (Map.Entry<String, JsonNode> entry :
          entries.stream().flatMap(e -> e.properties().stream()).toList()) {
        String pointer = JsonDocument.child(JsonDocument.child("", section), entry.getKey());
        Optional<Integer> value = days(pointer, entry.getKey(), entry.getValue());
        value.ifPresentOrElse(d -> days.put(entry.getKey(), d), () -> days.remove(entry.getKey()));
      }
    }
    var volumes = new ArrayList<Volume>();
    days.forEach((name, kept) -> {
      ObjectNode declared = compose.volumes().get(name);
      if (declared != null) {
        volumes.add(new Volume(name, realName(application, environment, name, declared), kept));
      }
    });
    return volumes;
  }

  /** Compose puts the project's name before it, unless the file says otherwise. */
  private static String realName(String app, String environment, String name, ObjectNode declared) {
    boolean external = declared.path("external").booleanValue(false);
    return declared
        .path("name")
        .stringValueOpt()
        .orElse(external ? name : app + "-" + environment + "_" + name);
  }

  /** Empty: this volume is not backed up, on purpose or since the entry is wrong. */
  private Optional<Integer> days(String pointer, String volume, JsonNode entry) {
    if (entry.isNull() || (entry.isContainer() && entry.isEmpty())) {
      return Optional.empty();
    }
    if (!compose.volumes().containsKey(volume)) {
      String hint = Nearest.hint(volume, compose.volumes().keySet());
      problems.add(
          compose
              .errorAt(
                  pointer,
                  "there is no volume %s below volumes:".formatted(JsonText.quoted(volume)))
              .withHint(hint)
              .asWarning());
      return Optional.empty();
    }
    JsonNode days = entry.path(KEY);
    if (entry.isObject() && days.isIntegralNumber() && days.canConvertToInt()) {
      int number = days.intValue();
      if (number >= 1 && number <= MOST_DAYS) {
        return Optional.of(number);
      }
    }
    boolean given = entry.isObject() && !days.isMissingNode();
    Problem problem =
        compose.errorAt(
            given ? JsonDocument.child(pointer, KEY) : pointer,
            given
                ? "%s must be a whole number from 1 to %d, not %s"
                    .formatted(JsonText.quoted(KEY), MOST_DAYS, JsonText.value(days))
                : "the backup of %s does not say how long it is kept"
                    .formatted(JsonText.quoted(volume)));
    problems.add(problem.withHint(given ? null : "for example " + KEY + ": 30"));
    return Optional.empty();
  }
}
