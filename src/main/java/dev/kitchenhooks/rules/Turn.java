package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.rules.RunResult.End;
import dev.kitchenhooks.rules.RunState.NodeState;
import dev.kitchenhooks.rules.RunState.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One step of the rules: unpacks the state, changes its own copy, packs the next state. Lives for
 * one call.
 */
final class Turn {
  /** A pre hook's "not now, and no error": EX_TEMPFAIL of sysexits.h. */
  private static final int SOFT_SKIP = 75;

  private final RunPlan plan;
  private final List<Action> actions = new ArrayList<>();

  private Stage stage;
  private int globalHook;
  private int nextNode;
  private final Map<Integer, NodeState> inFlight;
  private Tally tally;
  private End end;
  private Optional<StopSignal> signal;
  private boolean killed;
  private OptionalInt commandCode;
  private int code;
  private OptionalInt hooksCode;

  Turn(RunPlan plan, RunState state) {
    this.plan = plan;
    stage = state.stage();
    globalHook = state.globalHook();
    nextNode = state.nextNode();
    inFlight = new TreeMap<>(state.inFlight());
    tally = state.tally();
    end = state.end();
    signal = state.signal();
    killed = state.killed();
    commandCode = state.commandCode();
    code = state.code();
    hooksCode = state.hooksCode();
  }

  Decision take(Happened happened) {
    switch (happened) {
      case Happened.Began() -> runGlobalPre(0);
      case Happened.GlobalHookEnded(int exit) -> globalHookEnded(exit);
      case Happened.NodeReached(int node) -> reached(node);
      case Happened.NodeNotReached(int node, String reason) -> notReached(node, reason);
      case Happened.NodeHookEnded(int node, int exit) -> nodeHookEnded(node, exit);
      case Happened.DeployEnded(int node, int exit) -> deployEnded(node, exit);
      case Happened.CommandEnded(int exit) -> commandEnded(exit);
      case Happened.SignalArrived(StopSignal arrived) -> signalArrived(arrived);
    }
    return new Decision(
        new RunState(
            stage,
            globalHook,
            nextNode,
            Map.copyOf(inFlight),
            tally,
            end,
            signal,
            killed,
            commandCode,
            code,
            hooksCode),
        List.copyOf(actions));
  }

  // ---- Rule 1: global pre hooks

  private void runGlobalPre(int index) {
    stage = Stage.GLOBAL_PRE;
    globalHook = index;
    if (index < plan.globalPre().size() && !interrupted()) {
      actions.add(new Action.RunGlobalHook(plan.globalPre().get(index), OptionalInt.empty()));
    } else {
      beginWork();
    }
  }

  private void globalHookEnded(int exit) {
    switch (stage) {
      case GLOBAL_PRE -> {
        PlannedHook hook = plan.globalPre().get(globalHook);
        if (fails(hook, exit) && !interrupted()) {
          end = End.REFUSED;
          endWork();
        } else {
          runGlobalPre(globalHook + 1);
        }
      }
      case GLOBAL_POST -> {
        if (plan.globalPost().get(globalHook).definition().required() && hooksCode.orElse(0) == 0) {
          hooksCode = OptionalInt.of(exit);
        }
        runGlobalPost(globalHook + 1);
      }
      case NOT_BEGUN, WORK, OVER -> throw new IllegalStateException("no global hook in " + stage);
    }
  }

  // ---- Rules 2 and 6: which nodes start

  private void beginWork() {
    stage = Stage.WORK;
    if (plan.work() instanceof Work.CommandOnce && !interrupted()) {
      actions.add(new Action.RunCommand());
    } else {
      startNodes();
    }
  }

  private void startNodes() {
    while (mayStart() && inFlight.size() < plan.limits().concurrency()) {
      inFlight.put(nextNode, new NodeState.Connecting());
      actions.add(new Action.Connect(nextNode));
      nextNode++;
    }
    if (inFlight.isEmpty()) {
      endWork();
    }
  }

  private boolean mayStart() {
    return nextNode < plan.nodes().size()
        && end == End.FINISHED
        && failedSoFar() <= plan.limits().maxFailed();
  }

  /** A failed deploy counts at once, not only when its node's post hooks are through. */
  private long failedSoFar() {
    long stillInPostHooks =
        inFlight.values().stream()
            .filter(n -> n instanceof NodeState.PostHooks post && post.code() != 0)
            .count();
    return (long) tally.failed() + tally.unreachable() + stillInPostHooks;
  }

  private void reached(int node) {
    if (interrupted()) {
      finishInterrupted(node);
    } else {
      runNodePre(node, 0);
    }
  }

  private void notReached(int node, String reason) {
    if (interrupted()) {
      finishInterrupted(node);
    } else {
      finish(node, Outcome.UNREACHABLE, reason);
    }
  }

  // ---- Rule 3: node pre hooks

  private void runNodePre(int node, int index) {
    List<PlannedHook> hooks = node(node).pre();
    if (index < hooks.size()) {
      inFlight.put(node, new NodeState.PreHooks(index));
      actions.add(new Action.RunNodeHook(node, hooks.get(index), OptionalInt.empty()));
    } else {
      inFlight.put(node, new NodeState.Deploying());
      actions.add(new Action.Deploy(node));
    }
  }

  private void nodeHookEnded(int node, int exit) {
    switch (inFlight.get(node)) {
      case NodeState.PreHooks(int index) -> preHookEnded(node, index, exit);
      case NodeState.PostHooks post -> postHookEnded(node, post, exit);
      case null, default -> throw new IllegalStateException("no hook of node " + node);
    }
  }

  private void preHookEnded(int node, int index, int exit) {
    PlannedHook hook = node(node).pre().get(index);
    if (interrupted()) {
      finishInterrupted(node);
    } else if (exit == SOFT_SKIP) {
      finish(node, Outcome.SOFT_SKIPPED, Reasons.softSkip(hook));
    } else if (fails(hook, exit)) {
      finish(node, Outcome.SKIPPED, Reasons.hookFailed(hook, exit));
    } else {
      runNodePre(node, index + 1);
    }
  }

  // ---- Rules 4 and 5: node post hooks

  private void deployEnded(int node, int exit) {
    if (!(inFlight.get(node) instanceof NodeState.Deploying)) {
      throw new IllegalStateException("node " + node + " was not deploying");
    }
    // Whatever it made of the SIGTERM, it did not end by itself.
    int told = interrupted() ? ExitCode.INTERRUPTED.code() : exit;
    runNodePost(node, new NodeState.PostHooks(0, told, "", interrupted()));
  }

  private void postHookEnded(int node, NodeState.PostHooks post, int exit) {
    PlannedHook hook = node(node).post().get(post.hook());
    String failure = post.failure();
    if (fails(hook, exit) && !interrupted()) {
      failure = failure.isEmpty() ? Reasons.hookFailed(hook, exit) : failure;
      end = End.ABORTED;
    }
    runNodePost(node, post.next(post.hook() + 1, failure));
  }

  /**
   * Runs the first post hook from {@code from} on whose condition holds; ends the node where none
   * is left.
   */
  private void runNodePost(int node, NodeState.PostHooks from) {
    List<PlannedHook> hooks = node(node).post();
    boolean cut = interrupted() || !from.failure().isEmpty();
    for (int i = from.hook(); i < hooks.size() && !killed; i++) {
      if (wanted(hooks.get(i), from.code(), cut)) {
        inFlight.put(node, from.next(i, from.failure()));
        actions.add(new Action.RunNodeHook(node, hooks.get(i), OptionalInt.of(from.code())));
        return;
      }
    }
    finishDeployed(node, from);
  }

  private void finishDeployed(int node, NodeState.PostHooks post) {
    if (!post.failure().isEmpty()) {
      finish(node, Outcome.FAILED, post.failure());
    } else if (post.deployCut() || (interrupted() && post.code() == 0)) {
      finishInterrupted(node);
    } else if (post.code() != 0) {
      finish(node, Outcome.FAILED, Reasons.deployFailed(post.code()));
    } else {
      finish(node, Outcome.DEPLOYED, "");
    }
  }

  private void finishInterrupted(int node) {
    finish(node, Outcome.INTERRUPTED, Reasons.INTERRUPTED);
  }

  private void finish(int node, Outcome outcome, String reason) {
    inFlight.remove(node);
    tally = tally.plus(outcome);
    actions.add(new Action.FinishNode(node, outcome, reason));
    startNodes();
  }

  // ---- The one command of a run

  private void commandEnded(int exit) {
    commandCode = OptionalInt.of(exit);
    Outcome outcome =
        interrupted() ? Outcome.INTERRUPTED : exit == 0 ? Outcome.DEPLOYED : Outcome.FAILED;
    String reason =
        switch (outcome) {
          case INTERRUPTED -> Reasons.INTERRUPTED;
          case FAILED -> Reasons.deployFailed(exit);
          default -> "";
        };
    finishUnstarted(outcome, reason);
    endWork();
  }

  // ---- Rules 7 and 8: global post hooks and the result

  private void endWork() {
    finishUnstarted(Outcome.NOT_STARTED, Reasons.notStarted(end));
    code = codeBeforeHooks();
    if (end == End.REFUSED) {
      over();
    } else {
      runGlobalPost(0);
    }
  }

  private void finishUnstarted(Outcome outcome, String reason) {
    for (; nextNode < plan.nodes().size(); nextNode++) {
      tally = tally.plus(outcome);
      actions.add(new Action.FinishNode(nextNode, outcome, reason));
    }
  }

  private int codeBeforeHooks() {
    return switch (end) {
      case REFUSED -> ExitCode.GLOBAL_PRE_FAILED.code();
      case ABORTED -> ExitCode.ABORTED.code();
      case INTERRUPTED -> signal.orElseThrow().exitCode().code();
      case FINISHED -> {
        if (commandCode.isPresent()) {
          yield commandCode.getAsInt();
        }
        if (tally.failed() + tally.unreachable() > 0) {
          yield ExitCode.NODE_FAILED.code();
        }
        yield (tally.skipped() > 0 ? ExitCode.NODES_SKIPPED : ExitCode.OK).code();
      }
    };
  }

  private void runGlobalPost(int from) {
    stage = Stage.GLOBAL_POST;
    List<PlannedHook> hooks = plan.globalPost();
    for (int i = from; i < hooks.size() && !killed; i++) {
      if (wanted(hooks.get(i), code, end != End.FINISHED)) {
        globalHook = i;
        actions.add(new Action.RunGlobalHook(hooks.get(i), OptionalInt.of(code)));
        return;
      }
    }
    over();
  }

  private void over() {
    stage = Stage.OVER;
    int exit =
        switch (end) {
          case FINISHED -> hooksCode.orElse(code);
          case INTERRUPTED -> signal.orElseThrow().exitCode().code();
          case REFUSED, ABORTED -> code;
        };
    actions.add(new Action.FinishRun(new RunResult(exit, code, end, tally)));
  }

  // ---- Rule 10: signals

  private void signalArrived(StopSignal arrived) {
    if (stage == Stage.OVER || killed) {
      return;
    }
    if (interrupted()) {
      killed = true;
      actions.add(new Action.KillInFlight());
      return;
    }
    signal = Optional.of(arrived);
    if (end == End.FINISHED) {
      end = End.INTERRUPTED;
    }
    if (stage != Stage.NOT_BEGUN) {
      // Between two calls something is always in flight: each stage without anything left ends at
      // once.
      actions.add(new Action.TerminateInFlight());
    }
  }

  // ----

  private boolean interrupted() {
    return signal.isPresent();
  }

  private PlannedNode node(int index) {
    return plan.nodes().get(index);
  }

  private static boolean fails(PlannedHook hook, int exit) {
    return exit != 0 && hook.definition().required();
  }

  /**
   * Whether a post hook runs.
   *
   * @param cut after an abort or an interrupt: only those that say {@code fail} or {@code always}
   */
  private static boolean wanted(PlannedHook hook, int code, boolean cut) {
    RunCondition condition = hook.definition().runCondition();
    return switch (condition) {
      case ALWAYS -> true;
      case FAIL -> cut || code != 0;
      case PASS -> !cut && code == 0;
      case FINISHED -> !cut;
    };
  }
}
