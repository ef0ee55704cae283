package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.rules.Happened;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.HookTask.AppCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The turns of applications; a node has one at a time. All is of the run's one loop, but for what
 * takes time, which is returned.
 */
final class AppTurns {
  private final RunPlan plan;
  private final Optional<AppDeployer> deployer;
  private final NodeTurns nodes;
  private final RunEngine.HookTools tools;
  private final WorkExecutor work;

  /** By node. */
  private final Map<Integer, AppDeployer.Target> targets = new HashMap<>();

  AppTurns(
      RunPlan plan,
      Optional<AppDeployer> deployer,
      NodeTurns nodes,
      RunEngine.HookTools tools,
      WorkExecutor work) {
    this.plan = plan;
    this.deployer = deployer;
    this.nodes = nodes;
    this.tools = tools;
    this.work = work;
  }

  /** An application as its hooks find it. */
  AppCall call(int node, int app) {
    return new AppCall(planned(node, app), target(node, app));
  }

  private PlannedApp planned(int node, int app) {
    return plan.nodes().get(node).apps().get(app);
  }

  private AppDeployer.Target target(int node, int app) {
    return targets.computeIfAbsent(
        node,
        _ -> {
          PlannedNode planned = plan.nodes().get(node);
          NodeSession session = nodes.session(node).orElseThrow();
          return deployer.orElseThrow().open(planned, planned.apps().get(app), session);
        });
  }

  /** Tells that an application's deploy starts. */
  Supplier<Happened> deploy(int node, int app, StopRequest stop) {
    String fqdn = plan.nodes().get(node).fqdn();
    PlannedApp planned = planned(node, app);
    AppDeployer.Target target = target(node, app);
    Instant started = work.appStarts(fqdn, planned.application());
    return () ->
        new Happened.AppDeployEnded(
            node, app, work.deploy(fqdn, planned.application(), started, target, stop));
  }

  /** Takes away what an application's turn has left on this machine, and tells that it is over. */
  void finish(int node, int app, Outcome outcome, String reason) {
    AppDeployer.Target target = targets.remove(node);
    if (target != null) {
      target.close();
    }
    tools
        .events()
        .tell(
            new RunEvent.AppEnded(
                tools.clock().instant(),
                plan.nodes().get(node).fqdn(),
                planned(node, app).application(),
                outcome,
                reason));
  }
}
