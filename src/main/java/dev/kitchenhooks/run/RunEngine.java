package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.rules.Action;
import dev.kitchenhooks.rules.Decision;
import dev.kitchenhooks.rules.Happened;
import dev.kitchenhooks.rules.HookBatch;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.RunRules;
import dev.kitchenhooks.rules.RunState;
import dev.kitchenhooks.rules.RunState.AppStep;
import dev.kitchenhooks.rules.RunState.NodeState;
import dev.kitchenhooks.rules.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Carries a plan out. One loop asks the rules what happens next; each action runs on a virtual
 * thread of its own and reports back to the loop, so nothing here waits while it holds anything.
 */
public final class RunEngine {

  /** What the engine works with. */
  public record Tools(
      Deployer deployer,
      Optional<AppDeployer> apps,
      Optional<WholeRunCommand> command,
      HookTools hooks) {}

  /**
   * What hooks are run with.
   *
   * @param hooks runs each at its place
   * @param matches whether a hook's filters match a node
   */
  public record HookTools(
      HookRunner hooks,
      BiPredicate<HookDefinition, NodeFacts> matches,
      EventBus events,
      Clock clock) {}

  /** What reaches the loop. */
  private sealed interface Message {
    record Told(Happened what) implements Message {}

    record Crashed(Throwable cause) implements Message {}
  }

  private final RunFacts run;
  private final RunPlan plan;
  private final Tools tools;
  private final ContextFiles contexts;
  private final RunValues values;
  private final HookExecutor hooks;
  private final WorkExecutor work;
  private final NodeTurns turns;
  private final NodesAhead ahead;
  private final AppTurns apps;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private RunState state = RunRules.initial();
  private StopRequest stop = new StopRequest();

  public RunEngine(RunFacts run, RunPlan plan, Tools tools) {
    this.run = run;
    this.plan = plan;
    this.tools = tools;
    this.contexts = new ContextFiles(run, plan, tools.hooks().matches());
    this.values = new RunValues(plan);
    this.hooks = new HookExecutor(run, plan, contexts, tools.hooks());
    this.work = new WorkExecutor(tools.hooks(), run.secrets());
    this.turns = new NodeTurns(plan, tools.deployer(), tools.hooks(), work);
    this.ahead = new NodesAhead(plan, tools.deployer());
    this.apps = new AppTurns(plan, tools.apps(), turns, tools.hooks(), work);
  }

  /** Tells the run that a signal arrived. From any thread; after the run's end without effect. */
  public void signal(StopSignal signal) {
    messages.add(new Message.Told(new Happened.SignalArrived(signal)));
  }

  /**
   * Carries the plan out, to its end.
   *
   * @throws RuntimeException for a bug, after all that was in flight has been killed
   */
  public RunResult run() throws InterruptedException {
    contexts.writeNodesFile();
    tell(
        new RunEvent.RunStarted(
            run.started(), run.runId(), plan, run.user(), ProcessHandle.current().pid()));
    messages.add(new Message.Told(new Happened.Began()));
    while (true) {
      switch (messages.take()) {
        case Message.Crashed(Throwable cause) -> {
          stop.request(StopRequest.Level.KILL);
          throw new IllegalStateException("a part of the run crashed: " + cause, cause);
        }
        case Message.Told(Happened what) -> {
          Optional<RunResult> result = step(what);
          if (result.isPresent()) {
            turns.awaitGoodbyes();
            return result.get();
          }
        }
      }
    }
  }

  private Optional<RunResult> step(Happened what) {
    boolean killedBefore = state.killed();
    Decision decision = RunRules.next(plan, state, what);
    state = decision.state();
    if (what instanceof Happened.SignalArrived(StopSignal signal)
        && (!decision.actions().isEmpty() || state.killed() != killedBefore)) {
      tell(new RunEvent.StopRequested(now(), signal, state.killed()));
    }
    Optional<RunResult> result = Optional.empty();
    for (Action action : decision.actions()) {
      if (action instanceof Action.FinishRun(RunResult ended)) {
        tell(new RunEvent.RunFinished(now(), ended, Duration.between(run.started(), now())));
        result = Optional.of(ended);
      } else {
        perform(action);
      }
    }
    ahead.look(state);
    return result;
  }

  private void perform(Action action) {
    switch (action) {
      case Action.RunGlobalHook(int index, var hook, OptionalInt rc) -> {
        var spot = new RunValues.Spot(OptionalInt.empty(), hook, index);
        String reason =
            rc.isEmpty()
                ? ""
                : FixReason.ofRun(plan.work(), rc.getAsInt(), aborted(), state.interrupted());
        contexts.setRunValues(values.ownBefore(spot));
        int together = state.globalHooks().running().size();
        runHook(
            task(spot, Optional.empty(), rc, reason, together),
            exit -> new Happened.GlobalHookEnded(index, exit));
      }
      case Action.RunNodeHook(int node, int index, var hook, OptionalInt rc) -> {
        var spot = new RunValues.Spot(OptionalInt.of(node), hook, index);
        contexts.nodes().setValues(node, values.ownBefore(spot));
        String reason = rc.isEmpty() ? "" : nodeReason(node, rc.getAsInt());
        runHook(
            task(spot, turns.session(node), rc, reason, together(node)),
            exit -> new Happened.NodeHookEnded(node, index, exit));
      }
      case Action.RunAppHook(int node, int app, int index, var hook, OptionalInt rc) -> {
        var spot = new RunValues.Spot(OptionalInt.of(node), OptionalInt.of(app), hook, index);
        contexts.nodes().setValues(node, values.ownBefore(spot));
        String reason = rc.isEmpty() ? "" : nodeReason(node, rc.getAsInt());
        runHook(
            task(spot, turns.session(node), rc, reason, together(node))
                .withApp(apps.call(node, app)),
            exit -> new Happened.AppHookEnded(node, app, index, exit));
      }
      case Action.DeployApp(int node, int app) -> start(apps.deploy(node, app, stop));
      case Action.FinishApp(int node, int app, Outcome outcome, String reason) ->
          apps.finish(node, app, outcome, reason);
      case Action.BeginBatch(int batch) -> {
        Batches batches = plan.limits().batches();
        tell(
            new RunEvent.BatchStarted(
                now(), batch + 1, batches.count(), batches.sizes().get(batch)));
      }
      case Action.Connect(int node) -> {
        contexts.setRunValues(values.ofRun());
        start(turns.connect(node, stop));
      }
      case Action.Deploy(int node) -> start(turns.deploy(node, values.seenByWork(node), stop));
      case Action.RunCommand() -> runCommand();
      case Action.FinishNode(int node, Outcome outcome, String reason) -> {
        contexts.nodes().setValues(node, values.ofNode(node));
        contexts.nodes().setOutcome(node, outcome);
        turns.finish(node, outcome, reason);
      }
      case Action.TerminateInFlight() -> {
        StopRequest inFlight = stop;
        // What the rules still start after this, cleaning hooks, is not to be stopped with it.
        stop = new StopRequest();
        stop.onRequest(inFlight::request);
        inFlight.request(StopRequest.Level.TERMINATE);
      }
      case Action.KillInFlight() -> stop.request(StopRequest.Level.KILL);
      case Action.FinishRun(var _) -> throw new IllegalStateException("not to be performed");
    }
  }

  private HookTask task(
      RunValues.Spot spot,
      Optional<NodeSession> session,
      OptionalInt rc,
      String reason,
      int together) {
    Optional<PlannedNode> node =
        spot.node().isEmpty()
            ? Optional.empty()
            : Optional.of(plan.nodes().get(spot.node().getAsInt()));
    return new HookTask(
        spot.hook(),
        node,
        Optional.empty(),
        session,
        rc,
        reason,
        together,
        values.seenBy(spot),
        written -> values.take(spot, written));
  }

  private void runHook(HookTask task, IntFunction<Happened> ended) {
    HookExecutor.Started started = hooks.start(task);
    StopRequest now = stop;
    start(() -> ended.apply(started.run(now)));
  }

  private int together(int node) {
    return switch (state.inFlight().get(node)) {
      case NodeState.PreHooks(HookBatch batch) -> batch.running().size();
      case NodeState.PostHooks post -> post.hooks().running().size();
      case NodeState.Applications(int _, AppStep.PreHooks(HookBatch batch), var _) ->
          batch.running().size();
      case NodeState.Applications(int _, AppStep.PostHooks post, var _) ->
          post.hooks().running().size();
      case null, default -> throw new IllegalStateException("no hook of node " + node);
    };
  }

  private boolean aborted() {
    return state.end() == RunResult.End.ABORTED;
  }

  private String nodeReason(int node, int returnCode) {
    boolean failedHook =
        switch (state.inFlight().get(node)) {
          case NodeState.PostHooks post -> !post.failure().isEmpty();
          case NodeState.Applications(int _, AppStep.PostHooks post, var _) ->
              !post.failure().isEmpty();
          case null, default -> false;
        };
    return FixReason.ofNode(plan.work(), returnCode, failedHook, state.interrupted());
  }

  private void runCommand() {
    WholeRunCommand command = tools.command().orElseThrow();
    StopRequest now = stop;
    SortedMap<String, String> told = values.ofRun();
    Instant started = work.commandStarts(command);
    start(() -> new Happened.CommandEnded(work.run(command, started, told, now)));
  }

  private void start(Supplier<Happened> task) {
    Thread.startVirtualThread(() -> {
      try {
        messages.add(new Message.Told(task.get()));
      } catch (Throwable t) {
        messages.add(new Message.Crashed(t));
      }
    });
  }

  private void tell(RunEvent event) {
    tools.hooks().events().tell(event);
  }

  private Instant now() {
    return tools.hooks().clock().instant();
  }
}
