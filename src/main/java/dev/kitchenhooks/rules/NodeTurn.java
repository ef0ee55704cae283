package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.rules.RunResult.End;
import dev.kitchenhooks.rules.RunState.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules 2 to 5 and 10 for one node in flight: what becomes of it in one step. */
final class NodeTurn {
  private final Draft draft;
  private final int node;
  private final PlannedNode planned;
  private final WorkKind work;
  private final boolean onlyApps;
  private final AppTurn apps;

  NodeTurn(RunPlan plan, Draft draft, int node) {
    this.draft = draft;
    this.node = node;
    this.planned = plan.nodes().get(node);
    this.work = plan.work().kind();
    this.onlyApps = plan.work() instanceof Work.Applications;
    this.apps = new AppTurn(plan, draft, node, this::appsOver);
  }

  // ---- Rule 2: the connection

  void reached() {
    if (draft.interrupted()) {
      finishInterrupted();
    } else {
      runPre(0);
    }
  }

  void notReached(String reason, boolean locked) {
    if (draft.interrupted()) {
      finishInterrupted();
    } else {
      draft.locked += locked ? 1 : 0;
      draft.finishNode(node, Outcome.UNREACHABLE, reason);
    }
  }

  // ---- Rule 3: node pre hooks

  private void runPre(int from) {
    Optional<HookBatch> batch = HookBatch.first(planned.pre(), from, _ -> true);
    if (batch.isPresent()) {
      draft.inFlight.put(node, new NodeState.PreHooks(batch.get()));
      run(planned.pre(), batch.get(), OptionalInt.empty());
    } else if (onlyApps) {
      apps.begin();
    } else {
      draft.inFlight.put(node, new NodeState.Deploying());
      draft.actions.add(new Action.Deploy(node));
    }
  }

  private void run(List<PlannedHook> hooks, HookBatch batch, OptionalInt code) {
    for (int i : batch.running()) {
      draft.actions.add(new Action.RunNodeHook(node, i, hooks.get(i), code));
    }
  }

  void hookEnded(int hook, int exit) {
    switch (draft.inFlight.get(node)) {
      case NodeState.PreHooks(HookBatch batch) ->
          preHookEnded(batch.ended(hook, exit, draft.interrupted()));
      case NodeState.PostHooks post -> postHookEnded(post, hook, exit);
      case null, default -> throw new IllegalStateException("no hook of node " + node);
    }
  }

  private void preHookEnded(HookBatch batch) {
    if (!batch.over()) {
      draft.inFlight.put(node, new NodeState.PreHooks(batch));
      return;
    }
    Optional<HookRules.Skip> skip = HookRules.skip(planned.pre(), batch);
    if (skip.isPresent()) {
      draft.finishNode(node, skip.get().outcome(), skip.get().reason());
    } else if (draft.interrupted()) {
      finishInterrupted();
    } else {
      runPre(batch.next());
    }
  }

  // ---- Rules 4 and 5: node post hooks

  void deployEnded(int exit) {
    if (!(draft.inFlight.get(node) instanceof NodeState.Deploying)) {
      throw new IllegalStateException("node " + node + " was not deploying");
    }
    // Whatever it made of the SIGTERM, it did not end by itself.
    int told = draft.interrupted() ? ExitCode.INTERRUPTED.code() : exit;
    if (told == 0) {
      apps.begin();
    } else {
      apps.noneStarts(draft.interrupted() ? Reasons.INTERRUPTED : Reasons.failed(work, told));
      runPost(
          new NodeState.PostHooks(HookBatch.NONE, told, "", draft.interrupted(), AppsSoFar.NONE));
    }
  }

  // ---- Its applications

  void appHookEnded(int app, int hook, int exit) {
    apps.hookEnded(app, hook, exit);
  }

  void appDeployEnded(int app, int exit) {
    apps.deployEnded(app, exit);
  }

  private void appsOver(AppsSoFar all) {
    int code = all.cut() ? ExitCode.INTERRUPTED.code() : all.code();
    runPost(new NodeState.PostHooks(HookBatch.NONE, code, all.failure(), all.cut(), all));
  }

  // ---- Rules 4 and 5 again

  private void postHookEnded(NodeState.PostHooks post, int hook, int exit) {
    List<PlannedHook> hooks = planned.post();
    HookBatch batch = post.hooks().ended(hook, exit, draft.interrupted());
    if (HookRules.fails(hooks.get(hook), exit) && !draft.interrupted()) {
      // At once: no further node starts, also while others of its group still run.
      draft.end = End.ABORTED;
    }
    if (!batch.over()) {
      draft.inFlight.put(node, post.with(batch, post.failure()));
      return;
    }
    runPost(post.with(batch, HookRules.failure(post.failure(), hooks, batch)));
  }

  /**
   * Runs the next post hooks whose conditions hold; ends the node where none is left.
   *
   * @param last the batch before is over
   */
  private void runPost(NodeState.PostHooks last) {
    boolean cut = draft.interrupted() || !last.failure().isEmpty();
    Optional<HookBatch> batch =
        draft.killed
            ? Optional.empty()
            : HookBatch.first(
                planned.post(),
                last.hooks().next(),
                hook -> HookRules.wanted(hook, last.code(), cut));
    if (batch.isPresent()) {
      draft.inFlight.put(node, last.with(batch.get(), last.failure()));
      run(planned.post(), batch.get(), OptionalInt.of(last.code()));
    } else {
      finishDeployed(last);
    }
  }

  private void finishDeployed(NodeState.PostHooks post) {
    if (!post.failure().isEmpty()) {
      draft.finishNode(node, Outcome.FAILED, post.failure());
    } else if (post.deployCut() || (draft.interrupted() && post.code() == 0)) {
      finishInterrupted();
    } else if (post.code() != 0) {
      String failed = post.apps().failed();
      draft.finishNode(
          node, Outcome.FAILED, failed.isEmpty() ? Reasons.failed(work, post.code()) : failed);
    } else {
      finishWell(post.apps());
    }
  }

  /** Nothing has failed; but applications may have been left out. */
  private void finishWell(AppsSoFar all) {
    boolean nothingDone = onlyApps && all.deployed() == 0;
    if (!all.skipped().isEmpty()) {
      draft.skippedApps += nothingDone ? 0 : 1;
      draft.finishNode(node, nothingDone ? Outcome.SKIPPED : Outcome.DEPLOYED, all.skipped());
    } else if (nothingDone) {
      draft.finishNode(node, Outcome.SOFT_SKIPPED, "not now, said its pre hooks");
    } else {
      draft.finishNode(node, Outcome.DEPLOYED, "");
    }
  }

  private void finishInterrupted() {
    draft.finishNode(node, Outcome.INTERRUPTED, Reasons.INTERRUPTED);
  }
}
