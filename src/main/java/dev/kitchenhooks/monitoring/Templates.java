package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.problem.FixException;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What dashboards are made of: {@code confs/monitoring/templates}.
 *
 * @param dashboard one without rows
 * @param row one without panels
 * @param panels those of a row, in their order
 */
record Templates(ObjectNode dashboard, ObjectNode row, List<ObjectNode> panels) {
  /** Grafana wants the ids of a dashboard's panels to be different. */
  private static final int IDS_OF_A_ROW = 1_000;

  /** A new dashboard; what it is called by stays the same from then on. */
  ObjectNode newDashboard(String app) {
    var made = (ObjectNode) Placeholders.fill(dashboard, Names.of(app, Names.ALL));
    made.putNull("id");
    made.put("uid", UUID.randomUUID().toString());
    made.putArray("panels");
    return made;
  }

  /**
   * The row of an environment.
   *
   * @param environments all rows in their order
   * @throws FixException if it is not one of them
   */
  ObjectNode newRow(String app, String environment, List<String> environments) {
    int index = environments.indexOf(environment);
    if (index < 0) {
      throw FixException.invalid(
          "dashboards have no row for the environment \"%s\", only for %s"
              .formatted(environment, String.join(", ", environments)),
          "add it to \"environments\" in confs/%s".formatted(MonitoringConf.FILE));
    }
    int firstId = (index + 1) * IDS_OF_A_ROW;
    var names = Names.of(app, environment);
    var made = (ObjectNode) Placeholders.fill(row, names);
    made.put("id", firstId);
    made.withObjectProperty("gridPos").put("y", index);
    ArrayNode of = made.putArray("panels");
    for (ObjectNode panel : panels) {
      of.add(((ObjectNode) Placeholders.fill(panel, names)).put("id", firstId + of.size() + 1));
    }
    return made;
  }
}
