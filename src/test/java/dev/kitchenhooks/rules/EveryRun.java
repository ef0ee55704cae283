package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.RunPlan;
import java.util.List;
import java.util.OptionalInt;

/**
 * Plays every run that a plan can have: every result of everything that is begun, in every order in
 * which things in flight can end, with signals at every point. Each run is held against the oracle.
 *
 * <p>Results are chosen when a thing ends, not beforehand, so a hook that does not run does not
 * multiply the runs, and none is left out.
 *
 * @param connectCodes how connections end, see {@link Rehearsal#end}
 * @param preCodes the exit codes that node pre hooks end with
 * @param deployCodes those of deploys and of the command
 * @param otherCodes those of all other hooks
 * @param signals the signals that may arrive, in this order, each at any point or not at all
 */
record EveryRun(
    List<Integer> connectCodes,
    List<Integer> preCodes,
    List<Integer> deployCodes,
    List<Integer> otherCodes,
    List<StopSignal> signals) {

  /** Every result that the rules tell apart, and no signal. */
  static final EveryRun OF =
      new EveryRun(List.of(0, 1), List.of(0, 1, 75), List.of(0, 1), List.of(0, 1), List.of());

  /** The same with signals. */
  EveryRun with(StopSignal... newSignals) {
    return new EveryRun(connectCodes, preCodes, deployCodes, otherCodes, List.of(newSignals));
  }

  /** Node pre hooks only pass or fail: where the subject is what comes after them. */
  EveryRun withoutSoftSkips() {
    return new EveryRun(connectCodes, List.of(0, 1), deployCodes, otherCodes, signals);
  }

  /** Another run may be in the way of a connection. */
  EveryRun withLocks() {
    return new EveryRun(
        List.of(0, 1, Rehearsal.LOCKED), preCodes, deployCodes, otherCodes, signals);
  }

  /** Everything may end with any of these codes. */
  static EveryRun ofCodes(Integer... codes) {
    return new EveryRun(List.of(0, 1), List.of(codes), List.of(codes), List.of(codes), List.of());
  }

  /** Checks all runs of a plan and returns how many there were. */
  long check(RunPlan plan) {
    return check(new Rehearsal(plan));
  }

  private long check(Rehearsal run) {
    if (run.over()) {
      RunOracle.check(run);
      return 1;
    }
    long runs = 0;
    for (Action operation : run.inFlight()) {
      for (int code : codes(operation)) {
        run.end(operation, code);
        runs += check(run);
        run.back();
      }
    }
    if (run.signals() < signals.size()) {
      run.signal(signals.get(run.signals()));
      runs += check(run);
      run.back();
    }
    return runs;
  }

  private List<Integer> codes(Action operation) {
    return switch (operation) {
      case Action.Connect _ -> connectCodes;
      case Action.RunNodeHook(_, _, _, OptionalInt code) -> code.isEmpty() ? preCodes : otherCodes;
      case Action.RunAppHook(_, _, _, _, OptionalInt code) ->
          code.isEmpty() ? preCodes : otherCodes;
      case Action.Deploy _, Action.DeployApp _, Action.RunCommand _ -> deployCodes;
      case Action.RunGlobalHook _ -> otherCodes;
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
