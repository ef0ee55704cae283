package dev.kitchenhooks.rules;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that the rules remember of a run. Immutable; its size grows with the nodes in flight, never
 * with the fleet.
 *
 * @param stage how far the run is
 * @param globalHook index of the global hook that runs, in the global stages
 * @param nextNode index of the first node that was not yet started
 * @param inFlight nodes between their start and their end, by index
 * @param tally nodes that ended, by outcome
 * @param end why the run will end; the first cause stays
 * @param signal the first signal that arrived
 * @param killed whether a second signal arrived: nothing new begins any more
 * @param commandCode code of the command that is run once a run, where the plan has one
 * @param code what global post hooks are given; set when the work is over
 * @param hooksCode the required global post hooks' own result so far; empty until one ran
 */
public record RunState(
    Stage stage,
    int globalHook,
    int nextNode,
    Map<Integer, NodeState> inFlight,
    Tally tally,
    RunResult.End end,
    Optional<StopSignal> signal,
    boolean killed,
    OptionalInt commandCode,
    int code,
    OptionalInt hooksCode) {

  static final RunState INITIAL =
      new RunState(
          Stage.NOT_BEGUN,
          0,
          0,
          Map.of(),
          Tally.NONE,
          RunResult.End.FINISHED,
          Optional.empty(),
          false,
          OptionalInt.empty(),
          0,
          OptionalInt.empty());

  /** How far a run is. */
  public enum Stage {
    NOT_BEGUN,
    GLOBAL_PRE,
    /** Nodes, or the one command. */
    WORK,
    GLOBAL_POST,
    OVER
  }

  /** How far a node in flight is. */
  public sealed interface NodeState {
    record Connecting() implements NodeState {}

    /**
     * A pre hook runs.
     *
     * @param hook its index
     */
    record PreHooks(int hook) implements NodeState {}

    record Deploying() implements NodeState {}

    /**
     * A post hook runs.
     *
     * @param hook its index
     * @param code the deploy's
     * @param failure the first required post hook that failed, for people; empty where none did
     * @param deployCut whether the deploy was in flight when the run was interrupted
     */
    record PostHooks(int hook, int code, String failure, boolean deployCut) implements NodeState {
      PostHooks next(int nextHook, String newFailure) {
        return new PostHooks(nextHook, code, newFailure, deployCut);
      }
    }
  }

  /** Whether a signal arrived. */
  public boolean interrupted() {
    return signal.isPresent();
  }
}
