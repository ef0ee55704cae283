package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.problem.FixException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The dashboard of an application, before and after a deploy or an undeploy. Pure. */
final class Dashboard {
  private Dashboard() {}

  /**
   * With a new row for an environment; other rows stay as they are.
   *
   * @param existing empty where there is none yet
   * @param environments the rows that it may have, in their order
   * @throws FixException if the environment is not one of them
   */
  static ObjectNode deployed(
      Optional<ObjectNode> existing,
      String app,
      String environment,
      Templates templates,
      List<String> environments) {
    ObjectNode row = templates.newRow(app, environment, environments);
    ObjectNode dashboard =
        existing.map(ObjectNode::deepCopy).orElseGet(() -> templates.newDashboard(app));
    Rows rows = Rows.of(dashboard.path("panels")).without(environment).with(row, environments);
    if (environments.contains(Names.ALL) && !rows.hasRowFor(Names.ALL)) {
      rows = rows.with(templates.newRow(app, Names.ALL, environments), environments);
    }
    dashboard.set("panels", rows.panels());
    return dashboard;
  }

  /** Without the row for an environment; empty where no environment is left. */
  static Optional<ObjectNode> undeployed(ObjectNode existing, String environment) {
    Rows rows = Rows.of(existing.path("panels"));
    boolean there = rows.hasRowFor(environment);
    Rows rest = rows.without(environment);
    if (!rest.hasEnvironments()) {
      return Optional.empty();
    }
    if (!there) {
      return Optional.of(existing);
    }
    ObjectNode dashboard = existing.deepCopy();
    dashboard.set("panels", rest.panels());
    return Optional.of(dashboard);
  }
}
