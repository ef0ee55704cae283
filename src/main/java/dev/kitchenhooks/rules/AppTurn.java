package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.rules.RunResult.End;
import dev.kitchenhooks.rules.RunState.AppStep;
import dev.kitchenhooks.rules.RunState.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Rules 3 to 5 for the applications of a node in flight: one after the other, between its deploy
 * and its post hooks.
 */
final class AppTurn {
  private final RunPlan plan;
  private final Draft draft;
  private final int node;
  private final PlannedNode planned;
  private final Consumer<AppsSoFar> over;

  /**
   * @param over what follows when no application is left
   */
  AppTurn(RunPlan plan, Draft draft, int node, Consumer<AppsSoFar> over) {
    this.plan = plan;
    this.draft = draft;
    this.node = node;
    this.planned = plan.nodes().get(node);
    this.over = over;
  }

  /** Begins with the first. */
  void begin() {
    start(0, AppsSoFar.NONE);
  }

  private void start(int app, AppsSoFar soFar) {
    boolean failed = soFar.code() != 0 && !plan.limits().keepsGoing();
    if (draft.interrupted()) {
      stop(app, Reasons.INTERRUPTED, soFar);
    } else if (!soFar.failure().isEmpty()) {
      stop(app, Reasons.notStarted(End.ABORTED), soFar);
    } else if (failed) {
      stop(app, "another application of the node has failed", soFar);
    } else if (app == planned.apps().size()) {
      over.accept(soFar);
    } else {
      runPre(app, 0, soFar);
    }
  }

  /** None of the node's applications has its turn: what they stand on is not there. */
  void noneStarts(String reason) {
    notStarted(0, reason);
  }

  private void stop(int from, String reason, AppsSoFar soFar) {
    notStarted(from, reason);
    over.accept(soFar);
  }

  private void notStarted(int from, String reason) {
    for (int app = from; app < planned.apps().size(); app++) {
      finish(app, Outcome.NOT_STARTED, reason);
    }
  }

  private void finish(int app, Outcome outcome, String reason) {
    draft.actions.add(new Action.FinishApp(node, app, outcome, reason));
  }

  // ---- Pre hooks

  private void runPre(int app, int from, AppsSoFar soFar) {
    List<PlannedHook> pre = app(app).pre();
    Optional<HookBatch> batch = HookBatch.first(pre, from, _ -> true);
    if (batch.isPresent()) {
      put(app, new AppStep.PreHooks(batch.get()), soFar);
      run(app, pre, batch.get(), OptionalInt.empty());
    } else {
      put(app, new AppStep.Deploying(), soFar);
      draft.actions.add(new Action.DeployApp(node, app));
    }
  }

  private void run(int app, List<PlannedHook> hooks, HookBatch batch, OptionalInt code) {
    for (int i : batch.running()) {
      draft.actions.add(new Action.RunAppHook(node, app, i, hooks.get(i), code));
    }
  }

  void hookEnded(int app, int hook, int exit) {
    NodeState.Applications now = now(app);
    switch (now.step()) {
      case AppStep.PreHooks(HookBatch batch) ->
          preHookEnded(app, batch.ended(hook, exit, draft.interrupted()), now.soFar());
      case AppStep.PostHooks post -> postHookEnded(app, post, hook, exit, now.soFar());
      case AppStep.Deploying() ->
          throw new IllegalStateException("no hook of application " + app + " of node " + node);
    }
  }

  private void preHookEnded(int app, HookBatch batch, AppsSoFar soFar) {
    if (!batch.over()) {
      put(app, new AppStep.PreHooks(batch), soFar);
      return;
    }
    Optional<HookRules.Skip> skip = HookRules.skip(app(app).pre(), batch);
    if (skip.isPresent()) {
      finish(app, skip.get().outcome(), skip.get().reason());
      String reason = named(app, skip.get().reason());
      start(app + 1, skip.get().isError() ? soFar.skippedOne(reason) : soFar.leftOutOne());
    } else if (draft.interrupted()) {
      finish(app, Outcome.INTERRUPTED, Reasons.INTERRUPTED);
      start(app + 1, soFar);
    } else {
      runPre(app, batch.next(), soFar);
    }
  }

  // ---- Deploy and post hooks

  void deployEnded(int app, int exit) {
    NodeState.Applications now = now(app);
    if (!(now.step() instanceof AppStep.Deploying)) {
      throw new IllegalStateException("application " + app + " of " + node + " was not deploying");
    }
    boolean cut = draft.interrupted();
    int told = cut ? ExitCode.INTERRUPTED.code() : exit;
    runPost(
        app,
        new AppStep.PostHooks(HookBatch.NONE, told, "", cut),
        cut ? now.soFar().cutOff() : now.soFar());
  }

  private void postHookEnded(int app, AppStep.PostHooks post, int hook, int exit, AppsSoFar soFar) {
    List<PlannedHook> hooks = app(app).post();
    HookBatch batch = post.hooks().ended(hook, exit, draft.interrupted());
    if (HookRules.fails(hooks.get(hook), exit) && !draft.interrupted()) {
      draft.end = End.ABORTED;
    }
    if (!batch.over()) {
      put(app, post.with(batch, post.failure()), soFar);
      return;
    }
    runPost(app, post.with(batch, HookRules.failure(post.failure(), hooks, batch)), soFar);
  }

  private void runPost(int app, AppStep.PostHooks last, AppsSoFar soFar) {
    boolean cut = draft.interrupted() || !last.failure().isEmpty();
    Optional<HookBatch> batch =
        draft.killed
            ? Optional.empty()
            : HookBatch.first(
                app(app).post(),
                last.hooks().next(),
                hook -> HookRules.wanted(hook, last.code(), cut));
    if (batch.isPresent()) {
      put(app, last.with(batch.get(), last.failure()), soFar);
      run(app, app(app).post(), batch.get(), OptionalInt.of(last.code()));
    } else {
      finishDeployed(app, last, soFar);
    }
  }

  private void finishDeployed(int app, AppStep.PostHooks post, AppsSoFar soFar) {
    boolean failed = post.code() != 0 && !post.deployCut();
    AppsSoFar now = failed ? soFar.failedOne(post.code(), named(app, reason(post.code()))) : soFar;
    if (!post.failure().isEmpty()) {
      finish(app, Outcome.FAILED, post.failure());
      now = now.aborted(named(app, post.failure()));
    } else if (failed) {
      finish(app, Outcome.FAILED, reason(post.code()));
    } else if (post.deployCut() || draft.interrupted()) {
      finish(app, Outcome.INTERRUPTED, Reasons.INTERRUPTED);
    } else {
      finish(app, Outcome.DEPLOYED, "");
      now = now.deployedOne();
    }
    start(app + 1, now);
  }

  // ---- Help

  private String reason(int exit) {
    boolean takenAway = plan.work().takesAway();
    return Reasons.failed(takenAway ? WorkKind.APP_UNDEPLOY : WorkKind.APP_DEPLOY, exit);
  }

  private PlannedApp app(int app) {
    return planned.apps().get(app);
  }

  private String named(int app, String reason) {
    return "application \"%s\": %s".formatted(app(app).name(), reason);
  }

  private void put(int app, AppStep step, AppsSoFar soFar) {
    draft.inFlight.put(node, new NodeState.Applications(app, step, soFar));
  }

  private NodeState.Applications now(int app) {
    if (draft.inFlight.get(node) instanceof NodeState.Applications now && now.app() == app) {
      return now;
    }
    throw new IllegalStateException("application " + app + " of node " + node + " has no turn");
  }
}
