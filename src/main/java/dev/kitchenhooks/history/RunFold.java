package dev.kitchenhooks.history;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run has come to so far, out of its events alone: the same record that the history returns
 * for it later, so that the recap at the end of a run and {@code fix status} say the same.
 */
public final class RunFold implements RunListener {
  private final Map<String, StoredNode> nodes = new LinkedHashMap<>();
  private final Map<AppOfNode, StoredApp> apps = new LinkedHashMap<>();
  private final Map<Integer, StoredHook> hooks = new TreeMap<>();
  private final List<StoredRun.StoredStop> stops = new ArrayList<>();
  private List<StoredRun.StoredSkip> skipped = List.of();
  private Optional<StoredRun.StoredCommand> command = Optional.empty();
  private final Optional<StoredRequest> request;
  private Batches batches = Batches.ONE;
  private @Nullable RunSummary summary;

  public RunFold() {
    this(Optional.empty());
  }

  /**
   * @param request how the run can be repeated
   */
  public RunFold(Optional<StoredRequest> request) {
    this.request = request;
  }

  private record AppOfNode(String node, String app) {}

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted e -> start(e);
      case RunEvent.HookStarted e -> hooks.put(e.run().number(), StoredHook.started(e));
      case RunEvent.HookFinished e ->
          hooks.computeIfPresent(
              e.run().number(), (_, hook) -> hook.ended(new StoredHook.End(e.result(), e.tail())));
      case RunEvent.NodeStarted e -> node(e.node(), node -> node.started(e.at()));
      case RunEvent.NodeConnected e -> node(e.node(), node -> node.connected(e.took()));
      case RunEvent.DeployFinished e ->
          node(
              e.node(),
              node ->
                  node.deployed(
                      new WorkEnd(e.exitCode(), e.detail(), e.took(), e.tail(), e.revisions())));
      case RunEvent.NodeFinished e ->
          node(e.node(), node -> node.ended(new StoredNode.End(e.outcome(), e.reason(), e.took())));
      case RunEvent.AppStarted e -> app(e.node(), e.app(), app -> app);
      case RunEvent.AppFinished e ->
          apps.computeIfPresent(
              new AppOfNode(e.node(), e.app()),
              (_, app) -> app.deployed(new WorkEnd(e.exitCode(), e.detail(), e.took(), e.tail())));
      case RunEvent.AppEnded e ->
          app(
              e.node(),
              e.app(),
              app -> app.ended(new StoredApp.End(e.outcome(), e.reason(), e.at())));
      case RunEvent.CommandStarted e ->
          command = Optional.of(new StoredRun.StoredCommand(e.argv(), e.at(), Optional.empty()));
      case RunEvent.CommandFinished e ->
          command =
              command.map(c ->
                  c.ended(
                      new WorkEnd(
                          e.exitCode(), e.detail(), e.took(), e.tail(), Revisions.UNKNOWN)));
      case RunEvent.StopRequested e ->
          stops.add(new StoredRun.StoredStop(e.at(), e.signal(), e.kill()));
      case RunEvent.RunFinished e -> finish(e);
      case RunEvent.BatchStarted _,
          RunEvent.DeployStarted _,
          RunEvent.HookOutput _,
          RunEvent.DeployOutput _,
          RunEvent.AppOutput _,
          RunEvent.CommandOutput _ -> {}
    }
  }

  /**
   * @throws IllegalStateException before the run's start
   */
  public StoredRun run() {
    RunSummary base = summary;
    if (base == null) {
      throw new IllegalStateException("no run has started");
    }
    Tally tally = Tally.NONE;
    for (StoredNode node : nodes.values()) {
      if (node.end().isPresent()) {
        tally = tally.plus(node.end().get().outcome());
      }
    }
    return new StoredRun(
        base.with(tally),
        List.copyOf(nodes.values()),
        List.copyOf(apps.values()),
        List.copyOf(hooks.values()),
        skipped,
        command,
        request,
        batches,
        List.copyOf(stops),
        0);
  }

  private void start(RunEvent.RunStarted e) {
    RunPlan plan = e.plan();
    summary = RunSummary.of(e);
    batches = plan.limits().batches();
    plan.nodes().forEach(node -> nodes.put(node.fqdn(), StoredNode.planned(node.facts())));
    for (NodeFacts dummy : plan.dummies()) {
      nodes.put(dummy.fqdn(), StoredNode.dummy(dummy));
    }
    skipped =
        plan.skipped().stream()
            .map(skip ->
                new StoredRun.StoredSkip(
                    skip.hook().name(), skip.hook().type().id(), skip.reason()))
            .toList();
  }

  private void finish(RunEvent.RunFinished e) {
    RunSummary base = summary;
    if (base == null) {
      return;
    }
    var ending =
        new RunSummary.Ending(
            e.at(),
            e.result().exitCode(),
            e.result().codeBeforeHooks(),
            e.result().end(),
            e.took());
    summary = base.with(ending);
  }

  private void app(String node, Application application, UnaryOperator<StoredApp> change) {
    apps.compute(
        new AppOfNode(node, application.name()),
        (_, app) -> change.apply(app == null ? StoredApp.of(node, application) : app));
  }

  private void node(String fqdn, UnaryOperator<StoredNode> change) {
    nodes.computeIfPresent(fqdn, (_, node) -> change.apply(node));
  }
}
