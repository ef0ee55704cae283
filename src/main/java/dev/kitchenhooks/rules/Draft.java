package dev.kitchenhooks.rules;

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
 * The next state and the answer while one step writes them. See {@link RunState} for the fields.
 */
final class Draft {
  Stage stage;
  HookBatch globalHooks;
  int nextNode;
  int batches;
  final Map<Integer, NodeState> inFlight;
  Tally tally;
  int locked;
  int skippedApps;
  End end;
  Optional<StopSignal> signal;
  boolean killed;
  OptionalInt commandCode;
  int code;
  OptionalInt hooksCode;
  final List<Action> actions = new ArrayList<>();

  Draft(RunState state) {
    stage = state.stage();
    globalHooks = state.globalHooks();
    nextNode = state.nextNode();
    batches = state.batches();
    inFlight = new TreeMap<>(state.inFlight());
    tally = state.tally();
    locked = state.locked();
    skippedApps = state.skippedApps();
    end = state.end();
    signal = state.signal();
    killed = state.killed();
    commandCode = state.commandCode();
    code = state.code();
    hooksCode = state.hooksCode();
  }

  Decision finished() {
    RunState next =
        new RunState(
            stage,
            globalHooks,
            nextNode,
            batches,
            Map.copyOf(inFlight),
            tally,
            locked,
            skippedApps,
            end,
            signal,
            killed,
            commandCode,
            code,
            hooksCode);
    return new Decision(next, List.copyOf(actions));
  }

  boolean interrupted() {
    return signal.isPresent();
  }

  void finishNode(int node, Outcome outcome, String reason) {
    inFlight.remove(node);
    tally = tally.plus(outcome);
    actions.add(new Action.FinishNode(node, outcome, reason));
  }
}
