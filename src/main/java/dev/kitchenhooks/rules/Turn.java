package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.rules.RunResult.End;
import dev.kitchenhooks.rules.RunState.AppStep;
import dev.kitchenhooks.rules.RunState.NodeState;
import dev.kitchenhooks.rules.RunState.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One step of the rules, for the run as a whole; {@link NodeTurn} is for one node. Lives for one
 * call, and changes nothing but its own draft of the next state.
 */
final class Turn {
  private final RunPlan plan;
  private final Draft draft;

  Turn(RunPlan plan, RunState state) {
    this.plan = plan;
    this.draft = new Draft(state);
  }

  Decision take(Happened happened) {
    switch (happened) {
      case Happened.Began() -> runGlobalPre(0);
      case Happened.GlobalHookEnded(int hook, int exit) -> globalHookEnded(hook, exit);
      case Happened.NodeReached(int node) -> ofNode(node, NodeTurn::reached);
      case Happened.NodeNotReached(int node, String why, boolean locked) ->
          ofNode(node, n -> n.notReached(why, locked));
      case Happened.NodeHookEnded(int node, int hook, int exit) ->
          ofNode(node, n -> n.hookEnded(hook, exit));
      case Happened.DeployEnded(int node, int exit) -> ofNode(node, n -> n.deployEnded(exit));
      case Happened.AppHookEnded(int node, int app, int hook, int exit) ->
          ofNode(node, n -> n.appHookEnded(app, hook, exit));
      case Happened.AppDeployEnded(int node, int app, int exit) ->
          ofNode(node, n -> n.appDeployEnded(app, exit));
      case Happened.CommandEnded(int exit) -> commandEnded(exit);
      case Happened.SignalArrived(StopSignal arrived) -> signalArrived(arrived);
    }
    return draft.finished();
  }

  // ---- Rule 1: global pre hooks

  private void runGlobalPre(int from) {
    draft.stage = Stage.GLOBAL_PRE;
    Optional<HookBatch> batch =
        draft.interrupted() ? Optional.empty() : HookBatch.first(plan.globalPre(), from, _ -> true);
    if (batch.isPresent()) {
      run(plan.globalPre(), batch.get(), OptionalInt.empty());
    } else {
      beginWork();
    }
  }

  private void run(List<PlannedHook> hooks, HookBatch batch, OptionalInt code) {
    draft.globalHooks = batch;
    for (int i : batch.running()) {
      draft.actions.add(new Action.RunGlobalHook(i, hooks.get(i), code));
    }
  }

  private void globalHookEnded(int hook, int exit) {
    if (draft.stage != Stage.GLOBAL_PRE && draft.stage != Stage.GLOBAL_POST) {
      throw new IllegalStateException("no global hook in " + draft.stage);
    }
    boolean interrupted = draft.interrupted();
    draft.globalHooks = draft.globalHooks.ended(hook, exit, interrupted);
    boolean pre = draft.stage == Stage.GLOBAL_PRE;
    if (pre && !interrupted && HookRules.fails(plan.globalPre().get(hook), exit)) {
      draft.end = End.REFUSED;
    }
    if (draft.globalHooks.over()) {
      if (pre) {
        globalPreEnded();
      } else {
        globalPostEnded();
      }
    }
  }

  private void globalPreEnded() {
    if (draft.end == End.REFUSED) {
      endWork();
    } else {
      runGlobalPre(draft.globalHooks.next());
    }
  }

  // ---- Rules 2 and 6: which nodes start

  private void beginWork() {
    draft.stage = Stage.WORK;
    if (plan.work() instanceof Work.CommandOnce && !draft.interrupted()) {
      draft.actions.add(new Action.RunCommand());
    } else {
      startNodes();
    }
  }

  private void startNodes() {
    if (draft.inFlight.isEmpty() && draft.nextNode == begunEnd() && mayStart()) {
      beginBatch();
    }
    while (draft.nextNode < begunEnd()
        && draft.inFlight.size() < plan.limits().concurrency()
        && mayStart()) {
      draft.inFlight.put(draft.nextNode, new NodeState.Connecting());
      draft.actions.add(new Action.Connect(draft.nextNode));
      draft.nextNode++;
    }
    if (draft.inFlight.isEmpty()) {
      endWork();
    }
  }

  /** The index after the last node of the batches that have begun. */
  private int begunEnd() {
    return draft.batches == 0
        ? 0
        : plan.limits().batches().end(draft.batches - 1, plan.nodes().size());
  }

  private void beginBatch() {
    if (plan.limits().batches().divided()) {
      draft.actions.add(new Action.BeginBatch(draft.batches));
    }
    draft.batches++;
  }

  boolean mayStart() {
    return draft.nextNode < plan.nodes().size()
        && draft.end == End.FINISHED
        && failedSoFar() <= plan.limits().maxFailed();
  }

  /** A failed deploy counts at once, not only when its node's post hooks are through. */
  private long failedSoFar() {
    long stillInFlight = draft.inFlight.values().stream().filter(Turn::hasFailed).count();
    return (long) draft.tally.failed() + draft.tally.unreachable() + stillInFlight;
  }

  private static boolean hasFailed(NodeState node) {
    return switch (node) {
      case NodeState.Connecting _, NodeState.PreHooks _, NodeState.Deploying _ -> false;
      case NodeState.Applications now ->
          now.soFar().code() != 0
              || (now.step() instanceof AppStep.PostHooks post && post.code() != 0);
      case NodeState.PostHooks post -> post.code() != 0;
    };
  }

  /** Rules 3 to 5 for one node; if that was its end, its place is free. */
  private void ofNode(int node, Consumer<NodeTurn> turn) {
    turn.accept(new NodeTurn(plan, draft, node));
    startNodes();
  }

  // ---- The one command of a run

  private void commandEnded(int exit) {
    draft.commandCode = OptionalInt.of(exit);
    Outcome outcome =
        draft.interrupted() ? Outcome.INTERRUPTED : exit == 0 ? Outcome.DEPLOYED : Outcome.FAILED;
    String reason =
        switch (outcome) {
          case INTERRUPTED -> Reasons.INTERRUPTED;
          case FAILED -> Reasons.failed(plan.work().kind(), exit);
          default -> "";
        };
    finishUnstarted(outcome, reason);
    endWork();
  }

  // ---- Rules 7 and 8: global post hooks and the result

  private void endWork() {
    finishUnstarted(Outcome.NOT_STARTED, Reasons.notStarted(draft.end));
    draft.code = codeBeforeHooks();
    if (draft.end == End.REFUSED) {
      over();
    } else {
      runGlobalPost(0);
    }
  }

  private void finishUnstarted(Outcome outcome, String reason) {
    for (; draft.nextNode < plan.nodes().size(); draft.nextNode++) {
      draft.tally = draft.tally.plus(outcome);
      draft.actions.add(new Action.FinishNode(draft.nextNode, outcome, reason));
    }
  }

  private int codeBeforeHooks() {
    return switch (draft.end) {
      case REFUSED -> ExitCode.GLOBAL_PRE_FAILED.code();
      case ABORTED -> ExitCode.ABORTED.code();
      case INTERRUPTED -> draft.signal.orElseThrow().exitCode().code();
      case FINISHED -> {
        if (draft.commandCode.isPresent()) {
          yield draft.commandCode.getAsInt();
        }
        if (draft.locked > 0 && draft.tally.failed() + draft.tally.unreachable() == draft.locked) {
          yield ExitCode.LOCKED.code();
        }
        if (draft.tally.failed() + draft.tally.unreachable() > 0) {
          yield ExitCode.NODE_FAILED.code();
        }
        boolean skipped = draft.tally.skipped() > 0 || draft.skippedApps > 0;
        yield (skipped ? ExitCode.NODES_SKIPPED : ExitCode.OK).code();
      }
    };
  }

  private void runGlobalPost(int from) {
    draft.stage = Stage.GLOBAL_POST;
    boolean cut = draft.end != End.FINISHED;
    Optional<HookBatch> batch =
        draft.killed
            ? Optional.empty()
            : HookBatch.first(
                plan.globalPost(), from, hook -> HookRules.wanted(hook, draft.code, cut));
    if (batch.isPresent()) {
      run(plan.globalPost(), batch.get(), OptionalInt.of(draft.code));
      if (batch.get().running().stream().anyMatch(i -> isRequired(plan.globalPost().get(i)))) {
        draft.hooksCode = OptionalInt.of(draft.hooksCode.orElse(0));
      }
    } else {
      over();
    }
  }

  private void globalPostEnded() {
    HookBatch batch = draft.globalHooks;
    OptionalInt failed = batch.firstFailure(i -> isRequired(plan.globalPost().get(i)));
    if (failed.isPresent() && draft.hooksCode.orElse(0) == 0) {
      draft.hooksCode = OptionalInt.of(batch.exit(failed.getAsInt()));
    }
    runGlobalPost(batch.next());
  }

  private static boolean isRequired(PlannedHook hook) {
    return hook.definition().required();
  }

  private void over() {
    draft.stage = Stage.OVER;
    int exit =
        switch (draft.end) {
          case FINISHED -> draft.hooksCode.orElse(draft.code);
          case INTERRUPTED -> draft.signal.orElseThrow().exitCode().code();
          case REFUSED, ABORTED -> draft.code;
        };
    draft.actions.add(
        new Action.FinishRun(new RunResult(exit, draft.code, draft.end, draft.tally)));
  }

  // ---- Rule 10: signals

  private void signalArrived(StopSignal arrived) {
    if (draft.stage == Stage.OVER || draft.killed) {
      return;
    }
    if (draft.interrupted()) {
      draft.killed = true;
      draft.actions.add(new Action.KillInFlight());
      return;
    }
    draft.signal = Optional.of(arrived);
    if (draft.end == End.FINISHED) {
      draft.end = End.INTERRUPTED;
    }
    if (draft.stage != Stage.NOT_BEGUN) {
      // Between two calls something is always in flight: each stage without anything left ends
      // at once.
      draft.actions.add(new Action.TerminateInFlight());
    }
  }
}
