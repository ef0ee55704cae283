package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.CheckedFile;
import dev.kitchenhooks.schema.JsonSchema;
import dev.kitchenhooks.schema.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code confs/monitoring/monitoring.json}.
 *
 * @param volume the volume that Grafana has as its provisioning directory
 * @param directory a plain directory in its place
 * @param environments the rows of a dashboard in their order
 * @param lockWait how long another process is waited for
 */
record MonitoringConf(
    String volume, Optional<Path> directory, List<String> environments, Duration lockWait) {
  /** Below {@code confs/}. */
  static final String FILE = "monitoring/monitoring.json";

  static final MonitoringConf DEFAULT =
      new MonitoringConf(
          "monitoring-prod_grafana_conf",
          Optional.empty(),
          List.of("all", "prod", "demo", "staging", "integ", "dev"),
          Duration.ofSeconds(20));

  private static final Wording WORDING = () -> "the configuration of monitoring";

  /** The published schema. */
  static String schema() {
    return JsonSchema.text(MonitoringConf.class, "monitoring.schema.json");
  }

  /**
   * Reads it.
   *
   * @param problems receives all that is wrong with it
   * @return the defaults where there is none; empty where there was an error
   */
  static Optional<MonitoringConf> read(Confs confs, Problems problems) {
    Path file = confs.file(FILE);
    if (!Files.exists(file)) {
      return Optional.of(DEFAULT);
    }
    return CheckedFile.read(file, confs.shown(file), JsonSchema.of(schema()), WORDING, problems)
        .map(MonitoringConf::of);
  }

  private static MonitoringConf of(JsonDocument document) {
    var environments = new ArrayList<String>();
    for (JsonNode name : document.at("/environments")) {
      environments.add(name.stringValue());
    }
    return new MonitoringConf(
        document.at("/volume").stringValue(DEFAULT.volume),
        document.at("/directory").stringValueOpt().map(Path::of),
        environments.isEmpty() ? DEFAULT.environments : List.copyOf(environments),
        document
            .at("/lock_wait")
            .stringValueOpt()
            .flatMap(Durations::parse)
            .orElse(DEFAULT.lockWait));
  }
}
