package dev.kitchenhooks.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete run, ordered by lane: one for each node, and one for the run itself. Time is the
 * number of the step in which something happened; in a lane one thing follows the other, but for
 * hooks that run together.
 */
final class Timeline {
  static final int NEVER = Integer.MAX_VALUE;

  /** A thing that was in flight: from the step that began it to the step that told its end. */
  static final class Operation {
    final Action action;
    final int begun;
    int ended = NEVER;
    int code;

    Operation(Action action, int begun) {
      this.action = action;
      this.begun = begun;
    }
  }

  /** A node's end, and where among all actions of the run it stands. */
  record Finish(int step, int position, int node, Outcome outcome, String reason) {}

  /** The end of an application of a node. */
  record AppFinish(int step, int node, int app, Outcome outcome, String reason) {}

  /** A signal and when it came. */
  record Signal(int step, StopSignal signal) {}

  final Rehearsal run;
  final List<Operation> runLane = new ArrayList<>();
  final List<List<Operation>> nodeLanes = new ArrayList<>();
  final List<Finish> finishes = new ArrayList<>();
  final List<AppFinish> appFinishes = new ArrayList<>();
  final List<Signal> signals = new ArrayList<>();

  /** The position among all actions of the first global post hook, or else of the run's end. */
  int closing = NEVER;

  Timeline(Rehearsal run) {
    this.run = run;
    run.plan().nodes().forEach(_ -> nodeLanes.add(new ArrayList<>()));
    int position = 0;
    for (int step = 0; step < run.steps().size(); step++) {
      Rehearsal.Step now = run.steps().get(step);
      if (now.happened() instanceof Happened.SignalArrived(StopSignal signal)) {
        signals.add(new Signal(step, signal));
      }
      if (now.ended() != null) {
        Operation ended = inFlight(now.ended());
        ended.ended = step;
        ended.code = code(now.happened());
      }
      for (Action action : now.actions()) {
        place(action, step, position++);
      }
    }
  }

  /** When the n-th signal came, from 1; {@link #NEVER} if it did not. */
  int signalStep(int number) {
    return signals.size() < number ? NEVER : signals.get(number - 1).step();
  }

  List<Finish> finishesOf(int node) {
    return finishes.stream().filter(f -> f.node() == node).toList();
  }

  private Operation inFlight(Action action) {
    List<Operation> same =
        lane(action).stream().filter(o -> o.action.equals(action) && o.ended == NEVER).toList();
    if (same.size() != 1) {
      throw new AssertionError("not once in flight: " + action + "\n" + Transcript.of(run));
    }
    return same.getFirst();
  }

  private void place(Action action, int step, int position) {
    if (Rehearsal.isOperation(action)) {
      lane(action).add(new Operation(action, step));
    }
    if (action instanceof Action.FinishNode(int node, Outcome outcome, String reason)) {
      finishes.add(new Finish(step, position, node, outcome, reason));
    }
    if (action instanceof Action.FinishApp(int node, int app, Outcome outcome, String reason)) {
      appFinishes.add(new AppFinish(step, node, app, outcome, reason));
    }
    boolean closes =
        action instanceof Action.FinishRun
            || (action instanceof Action.RunGlobalHook(_, _, var code) && code.isPresent());
    if (closes && closing == NEVER) {
      closing = position;
    }
  }

  private List<Operation> lane(Action action) {
    return switch (action) {
      case Action.Connect(int node) -> nodeLanes.get(node);
      case Action.RunNodeHook(int node, _, _, _) -> nodeLanes.get(node);
      case Action.Deploy(int node) -> nodeLanes.get(node);
      case Action.RunAppHook(int node, _, _, _, _) -> nodeLanes.get(node);
      case Action.DeployApp(int node, _) -> nodeLanes.get(node);
      case Action.RunGlobalHook _, Action.RunCommand _ -> runLane;
      case Action.BeginBatch _,
          Action.FinishNode _,
          Action.FinishApp _,
          Action.TerminateInFlight _,
          Action.KillInFlight _,
          Action.FinishRun _ ->
          throw new IllegalArgumentException("never in flight: " + action);
    };
  }

  private static int code(Happened happened) {
    return switch (happened) {
      case Happened.GlobalHookEnded(_, int code) -> code;
      case Happened.NodeHookEnded(_, _, int code) -> code;
      case Happened.DeployEnded(_, int code) -> code;
      case Happened.AppHookEnded(_, _, _, int code) -> code;
      case Happened.AppDeployEnded(_, _, int code) -> code;
      case Happened.CommandEnded(int code) -> code;
      case Happened.NodeReached _ -> 0;
      case Happened.NodeNotReached(_, _, boolean locked) -> locked ? Rehearsal.LOCKED : 1;
      case Happened.Began _, Happened.SignalArrived _ ->
          throw new IllegalArgumentException("ends nothing: " + happened);
    };
  }
}
