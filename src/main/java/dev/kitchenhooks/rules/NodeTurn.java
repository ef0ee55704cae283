package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
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

  NodeTurn(RunPlan plan, Draft draft, int node) {
    this.draft = draft;
    this.node = node;
    this.planned = plan.nodes().get(node);
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
    List<PlannedHook> hooks = planned.pre();
    // An error must not hide behind a "not now".
    OptionalInt failed =
        batch.firstFailure(
            i -> batch.exit(i) != Outcome.NOT_NOW && HookRules.fails(hooks.get(i), batch.exit(i)));
    OptionalInt notNow = batch.firstFailure(i -> batch.exit(i) == Outcome.NOT_NOW);
    if (failed.isPresent()) {
      draft.finishNode(node, Outcome.SKIPPED, reason(hooks, batch, failed.getAsInt()));
    } else if (notNow.isPresent()) {
      draft.finishNode(node, Outcome.SOFT_SKIPPED, Reasons.softSkip(hooks.get(notNow.getAsInt())));
    } else if (draft.interrupted()) {
      finishInterrupted();
    } else {
      runPre(batch.next());
    }
  }

  private static String reason(List<PlannedHook> hooks, HookBatch batch, int failed) {
    return Reasons.hookFailed(hooks.get(failed), batch.exit(failed));
  }

  // ---- Rules 4 and 5: node post hooks

  void deployEnded(int exit) {
    if (!(draft.inFlight.get(node) instanceof NodeState.Deploying)) {
      throw new IllegalStateException("node " + node + " was not deploying");
    }
    // Whatever it made of the SIGTERM, it did not end by itself.
    int told = draft.interrupted() ? ExitCode.INTERRUPTED.code() : exit;
    runPost(new NodeState.PostHooks(HookBatch.NONE, told, "", draft.interrupted()));
  }

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
    String failure = post.failure();
    OptionalInt failed = batch.firstFailure(i -> HookRules.fails(hooks.get(i), batch.exit(i)));
    if (failure.isEmpty() && failed.isPresent()) {
      failure = reason(hooks, batch, failed.getAsInt());
    }
    runPost(post.with(batch, failure));
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
      draft.finishNode(node, Outcome.FAILED, Reasons.deployFailed(post.code()));
    } else {
      draft.finishNode(node, Outcome.DEPLOYED, "");
    }
  }

  private void finishInterrupted() {
    draft.finishNode(node, Outcome.INTERRUPTED, Reasons.INTERRUPTED);
  }
}
