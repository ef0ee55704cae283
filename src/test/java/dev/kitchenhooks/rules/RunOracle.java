package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.rules.Timeline.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Says of a complete run, looking back on it, whether every step answered what the contract wants.
 *
 * <p>It shares nothing with the rules: they carry a state forward through events and decide at
 * each; this reads the finished run from top to bottom, takes from it only what was told to the
 * rules (exit codes, connections, signals, and their order), and looks up in {@link RuleTables}
 * what each lane should have held. As each thing must begin in the very step in which the one
 * before it ended, a serial run has exactly one right sequence of actions. A concurrent one has one
 * right sequence for each node, and one right set of starts for each step.
 *
 * <p>Free is only where the ends of nodes that never started stand: in order, after the run has
 * stopped starting nodes, before the first global post hook.
 */
final class RunOracle {
  private final Timeline time;
  private final RunPlan plan;
  private final int firstSignal;
  private final Cursor lane;
  private int abortedAt = Timeline.NEVER;
  private final List<Integer> failures = new ArrayList<>();
  private int opened = Timeline.NEVER;
  private int locked;
  private boolean appsSkipped;

  private RunOracle(Timeline time) {
    this.time = time;
    this.plan = time.run.plan();
    this.firstSignal = time.signalStep(1);
    this.lane = new Cursor(time, time.runLane, 0);
  }

  /** Throws an AssertionError that tells the whole run where it is not what it should be. */
  static void check(Rehearsal run) {
    new RunOracle(new Timeline(run)).check();
  }

  private void check() {
    boolean refused = globalPreHooksFail();
    boolean runsCommand = plan.work() instanceof Work.CommandOnce;
    if (!refused && firstSignal > lane.now) {
      opened = lane.now;
    }
    OptionalInt commandCode = OptionalInt.empty();
    if (runsCommand && opened != Timeline.NEVER) {
      commandCode = OptionalInt.of(lane.next(new Action.RunCommand()).code);
      everyNodeIs(commandOutcome(commandCode.getAsInt()));
    } else if (opened != Timeline.NEVER) {
      nodes();
    }
    String cause = cause(refused);
    if (runsCommand || opened == Timeline.NEVER) {
      starts(Timeline.NEVER);
    } else {
      starts(Math.min(abortedAt, Math.min(firstSignal, tooManyFailedAt())));
    }
    batches();
    neverStartedNodes();
    Tally tally = tally();
    int code =
        cause.equals("nothing") && commandCode.isPresent()
            ? commandCode.getAsInt()
            : RuleTables.code(cause, tally, locked, appsSkipped);
    List<Integer> required = globalPostHooks(cause, code);
    lane.expectNothingMore();
    result(cause, code, required, tally);
    signals();
  }

  /** Rule 1. Whether one of them failed. */
  private boolean globalPreHooksFail() {
    for (List<Integer> group : Groups.of(plan.globalPre())) {
      List<Operation> together = lane.together(hooks(plan.globalPre(), group, OptionalInt.empty()));
      for (int i = 0; i < group.size(); i++) {
        boolean required = plan.globalPre().get(group.get(i)).definition().required();
        if (together.get(i).code != 0 && required && together.get(i).ended < firstSignal) {
          return true;
        }
      }
      if (firstSignal < lane.now) {
        return false;
      }
    }
    return false;
  }

  private static List<Action> hooks(
      List<PlannedHook> hooks, List<Integer> which, OptionalInt code) {
    List<Action> actions = new ArrayList<>();
    for (int i : which) {
      actions.add(new Action.RunGlobalHook(i, hooks.get(i), code));
    }
    return actions;
  }

  /** Rules 2 to 6, each node by itself. */
  private void nodes() {
    for (int node = 0; node < plan.nodes().size(); node++) {
      if (time.nodeLanes.get(node).isEmpty()) {
        continue;
      }
      LaneOracle oracle = new LaneOracle(time, node);
      lane.now = Math.max(lane.now, oracle.check());
      abortedAt = Math.min(abortedAt, oracle.abortedAt);
      appsSkipped |= oracle.appSkipped;
      if (oracle.failedAt != Timeline.NEVER) {
        failures.add(oracle.failedAt);
        locked += oracle.locked ? 1 : 0;
      }
    }
  }

  /** What came first, in the words of the table. A signal after the last node is not a cause. */
  private String cause(boolean refused) {
    if (refused) {
      return "a global pre hook failed";
    }
    if (abortedAt < firstSignal) {
      return "a node post hook failed";
    }
    return firstSignal < lane.now ? time.signals.getFirst().signal().name() : "nothing";
  }

  /** Rule 6: when one more than the limit had failed. */
  private int tooManyFailedAt() {
    List<Integer> sorted = failures.stream().sorted().toList();
    int limit = plan.limits().maxFailed();
    return sorted.size() > limit ? sorted.get(limit) : Timeline.NEVER;
  }

  /**
   * Rules 2, 5, 6 and 10: nodes start in order, at once when a place is free, until the run stops.
   */
  private void starts(int stop) {
    int started = 0;
    int finished = 0;
    for (int step = 0; step < time.run.steps().size(); step++) {
      int now = step;
      for (Action action : time.run.steps().get(step).actions()) {
        if (action instanceof Action.Connect(int node)) {
          lane.expect(node == started++, () -> "nodes start in the order of the plan");
          lane.expect(step < stop && step >= opened, () -> "no node starts at step " + now);
          lane.expect(
              started - finished <= plan.limits().concurrency(),
              () -> "too many nodes at once at step " + now);
        }
        boolean turnOver =
            action instanceof Action.FinishNode(int node, _, _)
                && !time.nodeLanes.get(node).isEmpty();
        finished += turnOver ? 1 : 0;
      }
      if (plan.work() instanceof Work.CommandOnce || step < opened || step >= stop) {
        continue;
      }
      int due = Math.min(openUntil(finished), finished + plan.limits().concurrency());
      lane.expect(started == due, () -> due + " nodes should have started by step " + now);
    }
  }

  /**
   * Of a divided run only so many nodes may have started: those of the batches that are through,
   * and of the one after them.
   *
   * @param finished how many nodes have ended their turns
   */
  private int openUntil(int finished) {
    return plan.limits().batches().ends().stream()
        .filter(end -> finished < end)
        .findFirst()
        .orElse(plan.nodes().size());
  }

  /** Each batch is told once, in order, right before its first node starts. */
  private void batches() {
    List<Action> all = time.run.steps().stream().flatMap(s -> s.actions().stream()).toList();
    int first = 0;
    int batch = 0;
    List<Action> expected = new ArrayList<>();
    for (int end : plan.limits().batches().ends()) {
      if (!time.nodeLanes.get(first).isEmpty()) {
        Action begin = new Action.BeginBatch(batch);
        int at = all.indexOf(new Action.Connect(first));
        lane.expect(
            at > 0 && all.get(at - 1).equals(begin), () -> begin + " should be told before " + at);
        expected.add(begin);
      }
      first = end;
      batch++;
    }
    lane.expect(
        all.stream().filter(a -> a instanceof Action.BeginBatch).toList().equals(expected),
        () -> "these batches should have begun, in order: " + expected);
  }

  private void neverStartedNodes() {
    boolean commandRan = plan.work() instanceof Work.CommandOnce && opened != Timeline.NEVER;
    List<Integer> expected = new ArrayList<>();
    for (int node = 0; node < plan.nodes().size(); node++) {
      if (time.nodeLanes.get(node).isEmpty() && !commandRan) {
        expected.add(node);
      }
    }
    List<Integer> actual =
        time.finishes.stream()
            .filter(f -> f.outcome() == Outcome.NOT_STARTED)
            .map(Timeline.Finish::node)
            .toList();
    lane.expect(actual.equals(expected), () -> "never started: " + expected);
    lane.expect(
        time.finishes.size() == plan.nodes().size()
            && time.finishes.stream().allMatch(f -> f.position() < time.closing),
        () -> "every node finishes once, before the first global post hook");
  }

  /** {@code fix wrap} without a node placeholder: the command is the deploy of all nodes. */
  private Outcome commandOutcome(int code) {
    if (firstSignal < lane.now) {
      return Outcome.INTERRUPTED;
    }
    return code == 0 ? Outcome.DEPLOYED : Outcome.FAILED;
  }

  private void everyNodeIs(Outcome outcome) {
    lane.expect(
        time.finishes.stream().map(Timeline.Finish::node).toList().equals(allNodes())
            && time.finishes.stream().allMatch(f -> f.outcome() == outcome && f.step() == lane.now),
        () -> "every node, in order, is " + outcome);
  }

  private List<Integer> allNodes() {
    List<Integer> all = new ArrayList<>();
    for (int node = 0; node < plan.nodes().size(); node++) {
      all.add(node);
    }
    return all;
  }

  /** Rule 7. The exit codes of the required ones that ran. */
  private List<Integer> globalPostHooks(String cause, int code) {
    List<Integer> required = new ArrayList<>();
    String which = RuleTables.globalPostHooks(cause);
    List<PlannedHook> hooks = plan.globalPost();
    for (List<Integer> group : Groups.of(hooks)) {
      boolean stopped = which.equals("as stopped") || firstSignal < lane.now;
      if (which.equals("none") || time.signalStep(2) < lane.now) {
        continue;
      }
      List<Integer> run =
          group.stream()
              .filter(i ->
                  RuleTables.postHookRuns(hooks.get(i).definition().runCondition(), code, stopped))
              .toList();
      List<Operation> together = lane.together(hooks(hooks, run, OptionalInt.of(code)));
      for (int i = 0; i < run.size(); i++) {
        if (hooks.get(run.get(i)).definition().required()) {
          required.add(together.get(i).code);
        }
      }
    }
    return required;
  }

  /** Rules 8 and 10. A signal during the global post hooks ends a run that had finished. */
  private void result(String cause, int code, List<Integer> required, Tally tally) {
    boolean interruptedLate = cause.equals("nothing") && firstSignal < lane.now;
    String last = interruptedLate ? time.signals.getFirst().signal().name() : cause;
    RunResult expected =
        new RunResult(RuleTables.exitCode(last, code, required), code, RuleTables.end(last), tally);
    Rehearsal.Step end = time.run.steps().getLast();
    lane.expect(
        lane.now == time.run.steps().size() - 1,
        () -> "the run should be over at step " + lane.now);
    lane.expect(
        end.actions().getLast().equals(new Action.FinishRun(expected)),
        () -> "should be " + expected + ", but is " + end.actions().getLast());
  }

  private Tally tally() {
    Tally tally = Tally.NONE;
    for (Timeline.Finish finish : time.finishes) {
      tally = tally.plus(finish.outcome());
    }
    return tally;
  }

  /** Rule 10: the first signal terminates, the second kills, and nothing else ever does. */
  private void signals() {
    for (int step = 0; step < time.run.steps().size(); step++) {
      List<Action> stops = new ArrayList<>();
      for (Action action : time.run.steps().get(step).actions()) {
        if (action instanceof Action.TerminateInFlight || action instanceof Action.KillInFlight) {
          stops.add(action);
        }
      }
      List<Action> expected =
          step == firstSignal
              ? List.of(new Action.TerminateInFlight())
              : step == time.signalStep(2) ? List.of(new Action.KillInFlight()) : List.of();
      int at = step;
      lane.expect(stops.equals(expected), () -> "step " + at + " should have done " + expected);
    }
  }
}
