package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.rules.RunResult.End;
import dev.kitchenhooks.rules.RunState.NodeState;
import java.util.List;
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

  void notReached(String reason) {
    if (draft.interrupted()) {
      finishInterrupted();
    } else {
      draft.finishNode(node, Outcome.UNREACHABLE, reason);
    }
  }

  // ---- Rule 3: node pre hooks

  private void runPre(int index) {
    List<PlannedHook> hooks = planned.pre();
    if (index < hooks.size()) {
      draft.inFlight.put(node, new NodeState.PreHooks(index));
      draft.actions.add(new Action.RunNodeHook(node, hooks.get(index), OptionalInt.empty()));
    } else {
      draft.inFlight.put(node, new NodeState.Deploying());
      draft.actions.add(new Action.Deploy(node));
    }
  }

  void hookEnded(int exit) {
    switch (draft.inFlight.get(node)) {
      case NodeState.PreHooks(int index) -> preHookEnded(index, exit);
      case NodeState.PostHooks post -> postHookEnded(post, exit);
      case null, default -> throw new IllegalStateException("no hook of node " + node);
    }
  }

  private void preHookEnded(int index, int exit) {
    PlannedHook hook = planned.pre().get(index);
    if (draft.interrupted()) {
      finishInterrupted();
    } else if (exit == Outcome.NOT_NOW) {
      draft.finishNode(node, Outcome.SOFT_SKIPPED, Reasons.softSkip(hook));
    } else if (HookRules.fails(hook, exit)) {
      draft.finishNode(node, Outcome.SKIPPED, Reasons.hookFailed(hook, exit));
    } else {
      runPre(index + 1);
    }
  }

  // ---- Rules 4 and 5: node post hooks

  void deployEnded(int exit) {
    if (!(draft.inFlight.get(node) instanceof NodeState.Deploying)) {
      throw new IllegalStateException("node " + node + " was not deploying");
    }
    // Whatever it made of the SIGTERM, it did not end by itself.
    int told = draft.interrupted() ? ExitCode.INTERRUPTED.code() : exit;
    runPost(new NodeState.PostHooks(0, told, "", draft.interrupted()));
  }

  private void postHookEnded(NodeState.PostHooks post, int exit) {
    PlannedHook hook = planned.post().get(post.hook());
    String failure = post.failure();
    if (HookRules.fails(hook, exit) && !draft.interrupted()) {
      failure = failure.isEmpty() ? Reasons.hookFailed(hook, exit) : failure;
      draft.end = End.ABORTED;
    }
    runPost(post.next(post.hook() + 1, failure));
  }

  /**
   * Runs the first post hook from {@code from} on whose condition holds; ends the node where none
   * is left.
   */
  private void runPost(NodeState.PostHooks from) {
    List<PlannedHook> hooks = planned.post();
    boolean cut = draft.interrupted() || !from.failure().isEmpty();
    for (int i = from.hook(); i < hooks.size() && !draft.killed; i++) {
      if (HookRules.wanted(hooks.get(i), from.code(), cut)) {
        draft.inFlight.put(node, from.next(i, from.failure()));
        draft.actions.add(new Action.RunNodeHook(node, hooks.get(i), OptionalInt.of(from.code())));
        return;
      }
    }
    finishDeployed(from);
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
