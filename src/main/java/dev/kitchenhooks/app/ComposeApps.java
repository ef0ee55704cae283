package dev.kitchenhooks.app;

import dev.kitchenhooks.chef.NodePrograms;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.AppDeployer;
import dev.kitchenhooks.run.RunFacts;

/**
 * Applications by way of {@code docker compose}, or podman's, on the node. Its script travels and
 * runs there as a hook does: with a time limit that ends its whole tree, over the one connection.
 */
public final class ComposeApps implements AppDeployer {
  private final RunFacts run;
  private final NodePrograms programs;
  private final KitchenConfig.Apps settings;
  private final boolean undeploy;

  /**
   * @param programs runs them on nodes, with the rights of a deploy
   * @param undeploy whether applications are taken away
   */
  public ComposeApps(
      RunFacts run, NodePrograms programs, KitchenConfig.Apps settings, boolean undeploy) {
    this.run = run;
    this.programs = programs;
    this.settings = settings;
    this.undeploy = undeploy;
  }

  @Override
  public Target open(PlannedNode node, PlannedApp app, NodeSession session) {
    var script = new ComposeScript(programs, settings, node.fqdn(), app.application(), session);
    return new ComposeTarget(run, node.fqdn(), app.application(), script, undeploy);
  }
}
