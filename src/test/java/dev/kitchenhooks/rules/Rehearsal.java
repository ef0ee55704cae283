package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays a run without doing anything: keeps what is in flight, tells the rules how each thing
 * ended, and writes down what they answered. Can go back, since the rules are pure.
 */
final class Rehearsal {
  /**
   * One thing that happened.
   *
   * @param happened what the rules were told
   * @param ended the action that this is the end of; null for the beginning and for a signal
   * @param actions what the rules answered
   */
  record Step(Happened happened, @Nullable Action ended, List<Action> actions) {}

  /** The code of a connection that only another run is in the way of. */
  static final int LOCKED = 6;

  private record Moment(RunState state, List<Action> inFlight, int signals) {}

  private final RunPlan plan;
  private final List<Step> steps = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();

  Rehearsal(RunPlan plan) {
    this.plan = plan;
    moments.add(new Moment(RunRules.initial(), List.of(), 0));
    tell(new Happened.Began(), null);
  }

  RunPlan plan() {
    return plan;
  }

  List<Step> steps() {
    return steps;
  }

  List<Action> inFlight() {
    return moments.getLast().inFlight();
  }

  int signals() {
    return moments.getLast().signals();
  }

  RunState state() {
    return moments.getLast().state();
  }

  boolean over() {
    List<Action> last = steps.getLast().actions();
    return !last.isEmpty() && last.getLast() instanceof Action.FinishRun;
  }

  /**
   * The thing in flight ends; a connection is made with code 0, and cannot be with another, of
   * which {@link #LOCKED} stands for another run's lock.
   */
  void end(Action operation, int code) {
    tell(ending(operation, code), operation);
  }

  void signal(StopSignal signal) {
    tell(new Happened.SignalArrived(signal), null);
  }

  /** Takes the last step back. */
  void back() {
    steps.removeLast();
    moments.removeLast();
  }

  private void tell(Happened happened, @Nullable Action ended) {
    Moment now = moments.getLast();
    Decision decision = RunRules.next(plan, now.state(), happened);
    List<Action> inFlight = new ArrayList<>(now.inFlight());
    if (ended != null) {
      inFlight.remove(ended);
    }
    for (Action action : decision.actions()) {
      if (isOperation(action)) {
        inFlight.add(action);
      }
    }
    int signals = now.signals() + (happened instanceof Happened.SignalArrived ? 1 : 0);
    steps.add(new Step(happened, ended, decision.actions()));
    moments.add(new Moment(decision.state(), inFlight, signals));
    if (inFlight.isEmpty() != over()) {
      throw new AssertionError(
          "the run must be over just when nothing is in flight\n" + Transcript.of(this));
    }
  }

  /** Whether an action is one whose end is told. */
  static boolean isOperation(Action action) {
    return switch (action) {
      case Action.RunGlobalHook _,
          Action.Connect _,
          Action.RunNodeHook _,
          Action.Deploy _,
          Action.RunAppHook _,
          Action.DeployApp _,
          Action.RunCommand _ ->
          true;
      case Action.BeginBatch _,
          Action.FinishNode _,
          Action.FinishApp _,
          Action.TerminateInFlight _,
          Action.KillInFlight _,
          Action.FinishRun _ ->
          false;
    };
  }

  private static Happened ending(Action operation, int code) {
    return switch (operation) {
      case Action.RunGlobalHook(int hook, _, _) -> new Happened.GlobalHookEnded(hook, code);
      case Action.Connect(int node) when code == 0 -> new Happened.NodeReached(node);
      case Action.Connect(int node) ->
          new Happened.NodeNotReached(node, "no route to host", code == LOCKED);
      case Action.RunNodeHook(int node, int hook, _, _) ->
          new Happened.NodeHookEnded(node, hook, code);
      case Action.Deploy(int node) -> new Happened.DeployEnded(node, code);
      case Action.RunAppHook(int node, int app, int hook, _, _) ->
          new Happened.AppHookEnded(node, app, hook, code);
      case Action.DeployApp(int node, int app) -> new Happened.AppDeployEnded(node, app, code);
      case Action.RunCommand() -> new Happened.CommandEnded(code);
      case Action.BeginBatch _,
          Action.FinishNode _,
          Action.FinishApp _,
          Action.TerminateInFlight _,
          Action.KillInFlight _,
          Action.FinishRun _ ->
          throw new IllegalArgumentException("never in flight: " + operation);
    };
  }
}
