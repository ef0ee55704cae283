package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.LatestApp;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.hub.Deploys;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.rules.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the hub's page shows of a kitchen's history. */
record RecordedDeploys(List<NodeDeploy> nodes, List<LatestApp> apps) implements Deploys {
  /** So far back; what was deployed longer ago is not worth the time. */
  private static final int RUNS = 50;

  static Deploys read(Shell shell) {
    try (RunHistory history = shell.history()) {
      return history == null ? NONE : new RecordedDeploys(nodes(history), history.latestApps());
    }
  }

  @Override
  public Optional<Deploy> lastOf(String application, String environment) {
    return apps.stream()
        .filter(latest -> !latest.takenAway())
        .filter(latest -> latest.app().name().equals(application))
        .filter(latest -> latest.app().environment().equals(environment))
        .max(Comparator.comparing(LatestApp::at))
        .map(
            latest -> new Deploy(latest.at(), latest.outcome() == Outcome.DEPLOYED, latest.word()));
  }

  private static List<NodeDeploy> nodes(RunHistory history) {
    Map<String, NodeDeploy> newest = new LinkedHashMap<>();
    for (RunSummary run : history.runs(RUNS)) {
      if (run.work() == WorkKind.CONVERGE) {
        for (StoredNode node : history.run(run.id()).nodes()) {
          deploy(run, node)
              .ifPresent(last ->
                  newest.putIfAbsent(
                      node.fqdn(), new NodeDeploy(node.fqdn(), node.environment(), last)));
        }
      }
    }
    return List.copyOf(newest.values());
  }

  private static Optional<Deploy> deploy(RunSummary run, StoredNode node) {
    return node.end()
        .filter(end -> end.outcome() != Outcome.DUMMY && end.outcome() != Outcome.NOT_STARTED)
        .map(end ->
            new Deploy(
                node.startedAt().orElse(run.startedAt()),
                end.outcome() == Outcome.DEPLOYED || end.outcome() == Outcome.SOFT_SKIPPED,
                end.outcome().word()));
  }
}
