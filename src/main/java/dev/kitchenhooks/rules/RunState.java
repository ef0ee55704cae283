package dev.kitchenhooks.rules;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that the rules remember of a run. Immutable; its size grows with the nodes in flight, never
 * with the fleet.
 *
 * @param stage how far the run is
 * @param globalHooks the global hooks that run, in the global stages
 * @param nextNode index of the first node that was not yet started
 * @param batches how many batches of nodes have begun
 * @param inFlight nodes between their start and their end, by index
 * @param tally nodes that ended, by outcome
 * @param locked how many of the unreachable ones only another run was in the way of
 * @param skippedApps how many deployed nodes have an application that was skipped
 * @param end why the run will end; the first cause stays
 * @param signal the first signal that arrived
 * @param killed whether a second signal arrived: nothing new begins any more
 * @param commandCode code of the command that is run once a run, where the plan has one
 * @param code what global post hooks are given; set when the work is over
 * @param hooksCode the required global post hooks' own result so far; empty until one ran
 */
public record RunState(
    Stage stage,
    HookBatch globalHooks,
    int nextNode,
    int batches,
    Map<Integer, NodeState> inFlight,
    Tally tally,
    int locked,
    int skippedApps,
    RunResult.End end,
    Optional<StopSignal> signal,
    boolean killed,
    OptionalInt commandCode,
    int code,
    OptionalInt hooksCode) {

  static final RunState INITIAL =
      new RunState(
          Stage.NOT_BEGUN,
          HookBatch.NONE,
          0,
          0,
          Map.of(),
          Tally.NONE,
          0,
          0,
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

    /** Pre hooks run. */
    record PreHooks(HookBatch hooks) implements NodeState {}

    record Deploying() implements NodeState {}

    /**
     * Its applications have their turns.
     *
     * @param app index of the one whose turn it is
     * @param soFar what became of those before it
     */
    record Applications(int app, AppStep step, AppsSoFar soFar) implements NodeState {}

    /**
     * Post hooks run.
     *
     * @param hooks those that were started last
     * @param code the deploy's
     * @param failure the first required post hook that failed, of those whose group is over, for
     *     people; empty where none did
     * @param deployCut whether the deploy was in flight when the run was interrupted
     * @param apps what became of its applications
     */
    record PostHooks(HookBatch hooks, int code, String failure, boolean deployCut, AppsSoFar apps)
        implements NodeState {
      PostHooks with(HookBatch newHooks, String newFailure) {
        return new PostHooks(newHooks, code, newFailure, deployCut, apps);
      }
    }
  }

  /** How far an application is whose turn it is. */
  public sealed interface AppStep {
    record PreHooks(HookBatch hooks) implements AppStep {}

    record Deploying() implements AppStep {}

    /** As {@link NodeState.PostHooks}. */
    record PostHooks(HookBatch hooks, int code, String failure, boolean deployCut)
        implements AppStep {
      PostHooks with(HookBatch newHooks, String newFailure) {
        return new PostHooks(newHooks, code, newFailure, deployCut);
      }
    }
  }

  /** Whether a signal arrived. */
  public boolean interrupted() {
    return signal.isPresent();
  }
}
