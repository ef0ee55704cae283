package dev.kitchenhooks.history;

import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of {@code fix history}.
 *
 * @param id the run's own name, sortable by time
 * @param command the orders as the operator gave them
 * @param phase what was wrapped
 * @param work what was done to the nodes
 * @param rollsBack the run that this one takes its nodes back from, if it does
 * @param user who started it
 * @param pid its process
 * @param startedAt when, to the millisecond
 * @param state whether it goes on
 * @param ending how it ended; empty unless {@link State#ENDED}
 * @param planned how many nodes it was to work on, dummies left out
 * @param tally what became of them, as far as it is recorded
 */
public record RunSummary(
    String id,
    String command,
    String phase,
    WorkKind work,
    Optional<String> rollsBack,
    String user,
    long pid,
    Instant startedAt,
    State state,
    Optional<Ending> ending,
    int planned,
    Tally tally) {

  static RunSummary of(RunEvent.RunStarted event) {
    RunPlan plan = event.plan();
    return new RunSummary(
        event.runId(),
        plan.command(),
        plan.phase(),
        plan.work().kind(),
        plan.work().rollsBack(),
        event.user(),
        event.pid(),
        event.at(),
        State.RUNNING,
        Optional.empty(),
        plan.nodes().size(),
        Tally.NONE);
  }

  RunSummary with(Tally newTally) {
    return new RunSummary(
        id, command, phase, work, rollsBack, user, pid, startedAt, state, ending, planned,
        newTally);
  }

  RunSummary with(Ending how) {
    return new RunSummary(
        id,
        command,
        phase,
        work,
        rollsBack,
        user,
        pid,
        startedAt,
        State.ENDED,
        Optional.of(how),
        planned,
        tally);
  }

  /** Whether a run goes on. The spelling of {@link #word} is printed; it never changes. */
  public enum State {
    RUNNING("running"),
    /** Its process is gone, and never wrote an end: killed, or the machine went down. */
    DIED("died"),
    ENDED("ended");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * How a run ended.
   *
   * @param at when
   * @param exitCode what {@code fix} exited with
   * @param codeBeforeHooks the run's own code, that the global post hooks were given
   * @param end by itself or not
   * @param took wall time of the run
   */
  public record Ending(
      Instant at, int exitCode, int codeBeforeHooks, RunResult.End end, Duration took) {
    /** Whether global post hooks turned a failed run green. */
    public boolean turnedGreen() {
      return end.turnedGreen(codeBeforeHooks, exitCode);
    }

    /** Whether global post hooks turned a green run red. */
    public boolean turnedRed() {
      return end.turnedRed(codeBeforeHooks, exitCode);
    }
  }
}
