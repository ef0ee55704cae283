package dev.kitchenhooks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.rules.Timeline.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every run, however large: up to 50 nodes with random hooks, random results, a
 * random order of completion, and up to three signals. A seed names a run for good.
 */
class LargeRunPropertyTest {
  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOracleAgrees(int seed) {
    RunOracle.check(RandomRun.of(seed));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyNodeFinishesOnceAndTheRunOnceAndLast(int seed) {
    Rehearsal run = RandomRun.of(seed);
    List<Action> actions = actions(run);
    List<Integer> finished =
        new Timeline(run).finishes.stream().map(Timeline.Finish::node).sorted().toList();
    assertThat(finished).isEqualTo(IntStream.range(0, run.plan().nodes().size()).boxed().toList());
    assertThat(actions).filteredOn(a -> a instanceof Action.FinishRun).hasSize(1);
    assertThat(actions.getLast()).isInstanceOf(Action.FinishRun.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neverMoreNodesInFlightThanAllowedAndTheyStartInOrder(int seed) {
    Rehearsal run = RandomRun.of(seed);
    Set<Integer> inFlight = new HashSet<>();
    int next = 0;
    for (Action action : actions(run)) {
      if (action instanceof Action.Connect(int node)) {
        assertThat(node).isEqualTo(next++);
        inFlight.add(node);
      }
      if (action instanceof Action.FinishNode(int node, _, _)) {
        inFlight.remove(node);
      }
      assertThat(inFlight).hasSizeLessThanOrEqualTo(run.plan().limits().concurrency());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noNodeStartsWhileOneOfAnEarlierBatchIsInFlight(int seed) {
    Rehearsal run = RandomRun.of(seed);
    List<Integer> ends = run.plan().limits().batches().ends();
    Set<Integer> inFlight = new HashSet<>();
    for (Action action : actions(run)) {
      if (action instanceof Action.Connect(int node)) {
        assertThat(inFlight).allMatch(other -> batch(ends, other) == batch(ends, node));
        inFlight.add(node);
      }
      if (action instanceof Action.FinishNode(int node, _, _)) {
        inFlight.remove(node);
      }
    }
  }

  private static long batch(List<Integer> ends, int node) {
    return ends.stream().filter(end -> end <= node).count();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theHooksOfANodeRunInOrderAroundItsOneDeploy(int seed) {
    Rehearsal run = RandomRun.of(seed);
    Timeline time = new Timeline(run);
    for (int node = 0; node < run.plan().nodes().size(); node++) {
      PlannedNode planned = run.plan().nodes().get(node);
      List<String> turn = new ArrayList<>(List.of("connect"));
      planned.pre().forEach(hook -> turn.add(hook.name()));
      turn.add("deploy");
      for (PlannedApp app : planned.apps()) {
        app.pre().forEach(hook -> turn.add(app.name() + ":" + hook.name()));
        turn.add(app.name() + ":deploy");
        app.post().forEach(hook -> turn.add(app.name() + ":" + hook.name()));
      }
      planned.post().forEach(hook -> turn.add(hook.name()));
      List<String> begun = new ArrayList<>();
      for (Operation operation : time.nodeLanes.get(node)) {
        begun.add(
            switch (operation.action) {
              case Action.Connect _ -> "connect";
              case Action.Deploy _ -> "deploy";
              case Action.RunNodeHook(_, _, PlannedHook hook, _) -> hook.name();
              case Action.RunAppHook(_, int app, _, PlannedHook hook, _) ->
                  PlanBuilder.appName(app) + ":" + hook.name();
              case Action.DeployApp(_, int app) -> PlanBuilder.appName(app) + ":deploy";
              default -> throw new AssertionError(operation.action);
            });
      }
      assertThat(begun).doesNotHaveDuplicates();
      if (begun.isEmpty()) {
        continue; // never started
      }
      assertThat(turn).containsSubsequence(begun);
      if (begun.contains("deploy")) {
        assertThat(begun)
            .startsWith(turn.subList(0, planned.pre().size() + 2).toArray(String[]::new));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anUnreachableNodeRunsNoHookAndIsNotDeployed(int seed) {
    Timeline time = new Timeline(RandomRun.of(seed));
    for (List<Operation> lane : time.nodeLanes) {
      if (!lane.isEmpty() && lane.getFirst().code != 0) {
        assertThat(lane).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeAfterAFailedRequiredPreHookIsNeitherDeployedNorPostHooked(int seed) {
    Timeline time = new Timeline(RandomRun.of(seed));
    for (List<Operation> lane : time.nodeLanes) {
      for (Operation operation : lane) {
        if (operation.action instanceof Action.RunNodeHook(_, _, PlannedHook hook, OptionalInt code)
            && code.isEmpty()
            && (operation.code == 75 || (operation.code != 0 && hook.definition().required()))) {
          assertThat(lane).allMatch(other -> other.begun <= operation.begun);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void globalHooksStandOutsideOfAllNodes(int seed) {
    Rehearsal run = RandomRun.of(seed);
    List<Action> actions = actions(run);
    int firstNode = Integer.MAX_VALUE;
    int lastNode = -1;
    int lastPre = -1;
    int firstPost = Integer.MAX_VALUE;
    for (int i = 0; i < actions.size(); i++) {
      switch (actions.get(i)) {
        case Action.Connect _,
            Action.RunNodeHook _,
            Action.Deploy _,
            Action.RunAppHook _,
            Action.DeployApp _,
            Action.FinishApp _,
            Action.FinishNode _ -> {
          firstNode = Math.min(firstNode, i);
          lastNode = i;
        }
        case Action.RunGlobalHook(_, _, OptionalInt code) when code.isEmpty() -> lastPre = i;
        case Action.RunGlobalHook _ -> firstPost = Math.min(firstPost, i);
        case Action.BeginBatch _,
            Action.RunCommand _,
            Action.TerminateInFlight _,
            Action.KillInFlight _,
            Action.FinishRun _ -> {}
      }
    }
    assertThat(lastPre).isLessThan(firstNode);
    assertThat(lastNode).isLessThan(firstPost);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aGroupBeginsAtOnceAndIsABarrierOnBothSides(int seed) {
    Timeline time = new Timeline(RandomRun.of(seed));
    checkBarriers(time.run.plan().globalPre(), time.runLane);
    checkBarriers(time.run.plan().globalPost(), time.runLane);
    for (int node = 0; node < time.nodeLanes.size(); node++) {
      PlannedNode planned = time.run.plan().nodes().get(node);
      checkBarriers(planned.pre(), time.nodeLanes.get(node));
      checkBarriers(planned.post(), time.nodeLanes.get(node));
    }
  }

  /** Of any two hooks of one list: they begin together, or the later after the earlier ended. */
  private static void checkBarriers(List<PlannedHook> hooks, List<Operation> lane) {
    List<Operation> ran = lane.stream().filter(o -> index(hooks, o) >= 0).toList();
    for (Operation one : ran) {
      for (Operation other : ran) {
        int from = index(hooks, one);
        int to = index(hooks, other);
        if (from < to) {
          if (isGroup(hooks.subList(from, to + 1))) {
            assertThat(other.begun).isEqualTo(one.begun);
          } else {
            assertThat(other.begun).isGreaterThanOrEqualTo(one.ended);
          }
        }
      }
    }
  }

  private static boolean isGroup(List<PlannedHook> hooks) {
    int weight = hooks.getFirst().definition().weight();
    return hooks.stream()
        .allMatch(h -> h.definition().concurrent() && h.definition().weight() == weight);
  }

  private static int index(List<PlannedHook> hooks, Operation operation) {
    return switch (operation.action) {
      case Action.RunGlobalHook(_, PlannedHook hook, _) -> hooks.indexOf(hook);
      case Action.RunNodeHook(_, _, PlannedHook hook, _) -> hooks.indexOf(hook);
      default -> -1;
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderInWhichAGroupEndsChangesNothing(int seed) {
    String table = Transcript.table(RandomRun.inOrder(seed, 0));
    List<Timeline.Finish> finishes = new Timeline(RandomRun.inOrder(seed, 0)).finishes;
    for (int order = 1; order < 10; order++) {
      Rehearsal run = RandomRun.inOrder(seed, order);
      assertThat(Transcript.table(run)).isEqualTo(table);
      assertThat(new Timeline(run).finishes)
          .usingRecursiveFieldByFieldElementComparatorOnFields("node", "outcome", "reason")
          .isEqualTo(finishes);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatHasBegunEndsOnceAndBeforeTheRun(int seed) {
    Timeline time = new Timeline(RandomRun.of(seed));
    long told =
        time.run.steps().stream().map(Rehearsal.Step::ended).filter(Objects::nonNull).count();
    List<Operation> all = new ArrayList<>(time.runLane);
    time.nodeLanes.forEach(all::addAll);
    assertThat(all).hasSize((int) told).allMatch(o -> o.ended != Timeline.NEVER);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyPostHookOfANodeGetsTheDeploysCodeOr130(int seed) {
    Timeline time = new Timeline(RandomRun.of(seed));
    for (List<Operation> lane : time.nodeLanes) {
      int expected = 0;
      int ofApp = 0;
      for (Operation operation : lane) {
        if (operation.action instanceof Action.Deploy) {
          expected = time.signalStep(1) < operation.ended ? 130 : operation.code;
        }
        if (operation.action instanceof Action.DeployApp) {
          ofApp = time.signalStep(1) < operation.ended ? 130 : operation.code;
          // An interrupt comes before all; else the first that failed counts.
          expected = ofApp == 130 || expected == 0 ? ofApp : expected;
        }
        if (operation.action instanceof Action.RunAppHook(_, _, _, _, OptionalInt code)
            && code.isPresent()) {
          assertThat(code).hasValue(ofApp);
        }
        if (operation.action instanceof Action.RunNodeHook(_, _, _, OptionalInt code)
            && code.isPresent()) {
          assertThat(code).hasValue(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allGlobalPostHooksGetTheRunsCode(int seed) {
    Rehearsal run = RandomRun.of(seed);
    for (Action action : actions(run)) {
      if (action instanceof Action.RunGlobalHook(_, _, OptionalInt code) && code.isPresent()) {
        assertThat(code).hasValue(result(run).codeBeforeHooks());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void afterASignalOnlyFailAndAlwaysPostHooksAreBegunAndAfterASecondNothing(int seed) {
    Rehearsal run = RandomRun.of(seed);
    Timeline time = new Timeline(run);
    for (int step = 0; step < run.steps().size(); step++) {
      for (Action action : run.steps().get(step).actions()) {
        if (step < time.signalStep(1) || !Rehearsal.isOperation(action)) {
          continue;
        }
        assertThat(step).isLessThan(time.signalStep(2));
        assertThat(condition(action)).isIn(RunCondition.FAIL, RunCondition.ALWAYS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noNodeStartsAfterAFailedRequiredPostHookOrTooManyFailures(int seed) {
    Rehearsal run = RandomRun.of(seed);
    int failures = 0;
    boolean stopped = false;
    for (Rehearsal.Step step : run.steps()) {
      boolean failed =
          step.happened() instanceof Happened.NodeNotReached
              || (step.happened() instanceof Happened.DeployEnded(_, int code) && code != 0);
      failures += failed ? 1 : 0;
      stopped |= failures > run.plan().limits().maxFailed();
      stopped |=
          step.happened() instanceof Happened.NodeHookEnded(_, _, int code)
              && code != 0
              && step.ended()
                  instanceof Action.RunNodeHook(_, _, PlannedHook hook, OptionalInt given)
              && given.isPresent()
              && hook.definition().required();
      if (stopped) {
        assertThat(step.actions()).noneMatch(a -> a instanceof Action.Connect);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatAnOptionalHookReturnsChangesNothing(int seed) {
    Rehearsal run = RandomRun.of(seed);
    Rehearsal forgiven = RandomRun.withOptionalHooksPassing(seed);
    assertThat(Transcript.table(forgiven)).isEqualTo(Transcript.table(run));
    assertThat(result(forgiven)).isEqualTo(result(run));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theTallyCountsWhatTheNodesCameTo(int seed) {
    Rehearsal run = RandomRun.of(seed);
    Tally tally = Tally.NONE;
    for (Timeline.Finish finish : new Timeline(run).finishes) {
      tally = tally.plus(finish.outcome());
    }
    assertThat(result(run).tally()).isEqualTo(tally);
    assertThat(tally.total()).isEqualTo(run.plan().nodes().size());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyOutcomeThatNeedsOneHasAReason(int seed) {
    for (Timeline.Finish finish : new Timeline(RandomRun.of(seed)).finishes) {
      if (finish.outcome() != Outcome.DEPLOYED) {
        assertThat(finish.reason()).as("%s", finish).isNotBlank();
      }
      if (finish.outcome() == Outcome.UNREACHABLE) {
        assertThat(finish.reason()).contains("no route to host");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameArgumentsGiveTheSameAnswerAlsoLater(int seed) {
    Rehearsal run = RandomRun.of(seed);
    for (int step = run.steps().size() - 1; step > 0; step--) {
      Rehearsal.Step taken = run.steps().get(step);
      run.back();
      assertThat(RunRules.next(run.plan(), run.state(), taken.happened()).actions())
          .isEqualTo(taken.actions());
    }
  }

  private static List<Action> actions(Rehearsal run) {
    return run.steps().stream().flatMap(step -> step.actions().stream()).toList();
  }

  private static RunResult result(Rehearsal run) {
    if (run.steps().getLast().actions().getLast() instanceof Action.FinishRun(RunResult result)) {
      return result;
    }
    throw new AssertionError("not over:\n" + Transcript.of(run));
  }

  private static RunCondition condition(Action action) {
    return switch (action) {
      case Action.RunGlobalHook(_, PlannedHook hook, OptionalInt code) when code.isPresent() ->
          hook.definition().runCondition();
      case Action.RunNodeHook(_, _, PlannedHook hook, OptionalInt code) when code.isPresent() ->
          hook.definition().runCondition();
      case Action.RunAppHook(_, _, _, PlannedHook hook, OptionalInt code) when code.isPresent() ->
          hook.definition().runCondition();
      default -> throw new AssertionError("only post hooks begin after a signal: " + action);
    };
  }
}
