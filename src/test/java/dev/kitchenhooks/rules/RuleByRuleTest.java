package dev.kitchenhooks.rules;

import static dev.kitchenhooks.rules.PlanBuilder.nodePost;
import static dev.kitchenhooks.rules.PlanBuilder.nodePre;
import static dev.kitchenhooks.rules.StopSignal.SIGINT;
import static dev.kitchenhooks.rules.StopSignal.SIGTERM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@code docs/hooks.md} by example, to be read beside them. Each table is the whole
 * run: what was begun, in order, with the return code that a post hook got; {@code =} is a node's
 * outcome; the last line is how the run ended, its own code, and what {@code fix} exits with.
 */
class RuleByRuleTest {
  private static final Kind REQUIRED = Kind.REQUIRED;
  private static final Kind OPTIONAL = Kind.OPTIONAL;
  private static final Kind PASS = Kind.on(RunCondition.PASS);
  private static final Kind FAIL = Kind.on(RunCondition.FAIL);
  private static final Kind ALWAYS = Kind.on(RunCondition.ALWAYS);

  private static final PlannedHook DRAIN = nodePre("drain", REQUIRED);
  private static final PlannedHook RETURN = nodePost("return", REQUIRED);

  /** Global pre hooks run first, in order; the first failure aborts the run. */
  @Nested
  class Rule1 {
    @Test
    void globalPreHooksRunFirstInOrder() {
      new Scenario()
          .globalPre("gate", REQUIRED)
          .globalPre("notice", REQUIRED)
          .node("a", DRAIN)
          .happens(
              """
              gate, notice
              a: connect, drain, deploy -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void theFirstFailureEndsTheRunAndNoOtherHookRuns() {
      new Scenario()
          .globalPre("gate", REQUIRED)
          .globalPre("notice", REQUIRED)
          .node("a", DRAIN, RETURN)
          .node("b")
          .globalPost("cleanup", ALWAYS)
          .when("gate", 75)
          .happens(
              """
              gate
              a -> not-started
              b -> not-started
              refused 3, exit 3
              """);
    }

    @Test
    void anOptionalOnesFailureChangesNothing() {
      new Scenario()
          .globalPre("gate", OPTIONAL)
          .globalPre("notice", REQUIRED)
          .node("a")
          .when("gate", 1)
          .happens(
              """
              gate, notice
              a: connect, deploy -> deployed
              finished 0, exit 0
              """);
    }
  }

  /** Then each node, at most --concurrency at once: connect, pre hooks, deploy, post hooks. */
  @Nested
  class Rule2 {
    @Test
    void eachNodeInTurn() {
      new Scenario()
          .node("a", DRAIN, RETURN)
          .node("b", DRAIN, RETURN)
          .happens(
              """
              a: connect, drain, deploy, return(0) -> deployed
              b: connect, drain, deploy, return(0) -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void twoAtOnceAndTheThirdAsSoonAsOneIsDone() {
      new Scenario()
          .limits(2, 0)
          .node("a")
          .node("b")
          .node("c")
          .endingFirst("b connect", "b deploy", "c connect", "c deploy")
          .happens(
              """
              a: connect
              b: connect, deploy -> deployed
              c: connect, deploy -> deployed
              a: deploy -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void noHookRunsOnANodeThatCannotBeReached() {
      new Scenario()
          .node("a", DRAIN, RETURN, nodePost("cleanup", ALWAYS))
          .when("a connect", 1)
          .happens(
              """
              a: connect -> unreachable
              finished 1, exit 1
              """);
    }
  }

  /** A failing node pre hook skips that node; exit 75 does so without being an error. */
  @Nested
  class Rule3 {
    @Test
    void aFailingPreHookSkipsTheNodeAndTheOthersGoOn() {
      new Scenario()
          .node("a", DRAIN, nodePre("downtime", REQUIRED), RETURN)
          .node("b", DRAIN)
          .when("a drain", 1)
          .happens(
              """
              a: connect, drain -> skipped
              b: connect, drain, deploy -> deployed
              finished 5, exit 5
              """);
    }

    @Test
    void exit75SkipsWithoutBeingAnError() {
      new Scenario()
          .node("a", DRAIN, RETURN)
          .when("a drain", 75)
          .happens(
              """
              a: connect, drain -> soft-skipped
              finished 0, exit 0
              """);
    }

    @Test
    void exit75CountsEvenFromAnOptionalHook() {
      new Scenario()
          .node("a", nodePre("drain", OPTIONAL), RETURN)
          .when("a drain", 75)
          .happens(
              """
              a: connect, drain -> soft-skipped
              finished 0, exit 0
              """);
    }

    @Test
    void anOptionalHooksOtherFailureChangesNothing() {
      new Scenario()
          .node("a", nodePre("drain", OPTIONAL))
          .when("a drain", 124)
          .happens(
              """
              a: connect, drain, deploy -> deployed
              finished 0, exit 0
              """);
    }
  }

  /** Node post hooks run when the deploy finished, unless run_condition says otherwise. */
  @Nested
  class Rule4 {
    private final Scenario run =
        new Scenario()
            .node(
                "a",
                RETURN,
                nodePost("pass", PASS),
                nodePost("fail", FAIL),
                nodePost("always", ALWAYS));

    @Test
    void afterCode0() {
      run.happens(
          """
          a: connect, deploy, return(0), pass(0), always(0) -> deployed
          finished 0, exit 0
          """);
    }

    @Test
    void afterAnotherCodeWhichTheyGet() {
      run.when("a deploy", 172)
          .happens(
              """
              a: connect, deploy, return(172), fail(172), always(172) -> failed
              finished 1, exit 1
              """);
    }
  }

  /** A failing node post hook aborts the run at once. Exit 4, whatever comes after. */
  @Nested
  class Rule5 {
    @Test
    void ofTheNodesRemainingHooksOnlyFailAndAlwaysRunAndNoNodeStarts() {
      new Scenario()
          .node(
              "a",
              RETURN,
              nodePost("notice", REQUIRED),
              nodePost("pass", PASS),
              nodePost("fail", FAIL),
              nodePost("always", ALWAYS))
          .node("b")
          .when("a return", 1)
          .happens(
              """
              a: connect, deploy, return(0), fail(0), always(0) -> failed
              b -> not-started
              aborted 4, exit 4
              """);
    }

    @Test
    void nodesInFlightFinishWithTheirOwnPostHooks() {
      new Scenario()
          .limits(2, 0)
          .node("a", RETURN)
          .node("b", DRAIN, RETURN, nodePost("pass", PASS), nodePost("fail", FAIL))
          .node("c")
          .when("a return", 1)
          .endingFirst("a connect", "a deploy", "a return")
          .happens(
              """
              a: connect
              b: connect
              a: deploy, return(0) -> failed
              b: drain, deploy, return(0), pass(0) -> deployed
              c -> not-started
              aborted 4, exit 4
              """);
    }

    @Test
    void anOptionalOnesFailureAbortsNothing() {
      new Scenario()
          .node("a", nodePost("notice", OPTIONAL), nodePost("pass", PASS))
          .node("b")
          .when("a notice", 1)
          .happens(
              """
              a: connect, deploy, notice(0), pass(0) -> deployed
              b: connect, deploy -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void goodGlobalPostHooksDoNotTurnAnAbortGreen() {
      new Scenario()
          .node("a", RETURN)
          .globalPost("cleanup", ALWAYS)
          .when("a return", 2)
          .happens(
              """
              a: connect, deploy, return(0) -> failed
              cleanup(4)
              aborted 4, exit 4
              """);
    }
  }

  /** A failed or unreachable node stops the run from starting others; --max-fail, --keep-going. */
  @Nested
  class Rule6 {
    @Test
    void theFirstFailureStopsARunThatHasFinishedByItself() {
      new Scenario()
          .node("a", RETURN)
          .node("b")
          .globalPost("report", OPTIONAL)
          .when("a deploy", 1)
          .happens(
              """
              a: connect, deploy, return(1) -> failed
              b -> not-started
              report(1)
              finished 1, exit 1
              """);
    }

    @Test
    void withMaxFail1TheSecondStopsIt() {
      new Scenario()
          .limits(1, 1)
          .node("a")
          .node("b")
          .node("c")
          .when("a connect", 1)
          .when("b deploy", 1)
          .happens(
              """
              a: connect -> unreachable
              b: connect, deploy -> failed
              c -> not-started
              finished 1, exit 1
              """);
    }

    @Test
    void keepGoingNeverStopsIt() {
      new Scenario()
          .limits(1, Integer.MAX_VALUE)
          .node("a")
          .node("b")
          .node("c")
          .when("a connect", 1)
          .when("b deploy", 1)
          .happens(
              """
              a: connect -> unreachable
              b: connect, deploy -> failed
              c: connect, deploy -> deployed
              finished 1, exit 1
              """);
    }

    @Test
    void aFailureCountsWhenTheDeployEndedNotWhenItsPostHooksDid() {
      new Scenario()
          .limits(2, 0)
          .node("a", RETURN)
          .node("b")
          .node("c")
          .when("a deploy", 1)
          .endingFirst("a connect", "a deploy", "b connect", "b deploy")
          .happens(
              """
              a: connect
              b: connect
              a: deploy, return(1)
              b: deploy -> deployed
              a -> failed
              c -> not-started
              finished 1, exit 1
              """);
    }

    @Test
    void skippedNodesDoNotCount() {
      new Scenario()
          .node("a", DRAIN)
          .node("b")
          .when("a drain", 1)
          .happens(
              """
              a: connect, drain -> skipped
              b: connect, deploy -> deployed
              finished 5, exit 5
              """);
    }
  }

  /** Which global post hooks run, and with which code. */
  @Nested
  class Rule7 {
    private final Scenario run =
        new Scenario()
            .node("a", RETURN)
            .globalPost("plain", OPTIONAL)
            .globalPost("pass", PASS.optional())
            .globalPost("fail", FAIL.optional())
            .globalPost("always", ALWAYS.optional());

    @Test
    void afterAGoodRun() {
      run.happens(
          """
          a: connect, deploy, return(0) -> deployed
          plain(0), pass(0), always(0)
          finished 0, exit 0
          """);
    }

    @Test
    void afterABadRun() {
      run.when("a connect", 1)
          .happens(
              """
              a: connect -> unreachable
              plain(1), fail(1), always(1)
              finished 1, exit 1
              """);
    }

    @Test
    void afterAnAbort() {
      run.when("a return", 1)
          .happens(
              """
              a: connect, deploy, return(0) -> failed
              fail(4), always(4)
              aborted 4, exit 4
              """);
    }

    @Test
    void aFailingOneDoesNotStopThoseAfterItAndAllGetTheSameCode() {
      new Scenario()
          .node("a")
          .globalPost("smoke", REQUIRED)
          .globalPost("report", REQUIRED)
          .when("smoke", 9)
          .happens(
              """
              a: connect, deploy -> deployed
              smoke(0), report(0)
              finished 0, exit 9
              """);
    }
  }

  /** If required global post hooks ran, the run's result is theirs. */
  @Nested
  class Rule8 {
    @Test
    void theFirstFailureTurnsAGreenRunRed() {
      Scenario run =
          new Scenario()
              .node("a")
              .globalPost("smoke", REQUIRED)
              .globalPost("load", REQUIRED)
              .when("smoke", 7)
              .when("load", 8);
      RunResult result = result(run);
      assertThat(result.exitCode()).isEqualTo(7);
      assertThat(result.turnedRed()).isTrue();
      assertThat(result.turnedGreen()).isFalse();
    }

    @Test
    void allWellTurnsAFailedRunGreen() {
      RunResult result =
          result(new Scenario().node("a").globalPost("verify", REQUIRED).when("a deploy", 1));
      assertThat(result.codeBeforeHooks()).isEqualTo(1);
      assertThat(result.exitCode()).isZero();
      assertThat(result.turnedGreen()).isTrue();
      assertThat(result.turnedRed()).isFalse();
    }

    @Test
    void optionalOnesAndThoseThatDidNotRunHaveNoSay() {
      RunResult result =
          result(
              new Scenario()
                  .node("a")
                  .globalPost("notice", OPTIONAL)
                  .globalPost("pass", PASS)
                  .when("a deploy", 1)
                  .when("notice", 9));
      assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void anInterruptStaysAnError() {
      RunResult result =
          result(new Scenario().node("a").globalPost("x", ALWAYS).signal("a deploy", SIGINT));
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.turnedGreen()).isFalse();
    }
  }

  /** A hook that was killed, timed out or could not be started failed like any other. */
  @Nested
  class Rule9 {
    @Test
    void everyCodeBut0IsAFailure() {
      for (int code : new int[] {1, 124, 126, 127, 137, 143, 255}) {
        new Scenario()
            .node("a", DRAIN, RETURN)
            .when("a drain", code)
            .happens(
                """
                a: connect, drain -> skipped
                finished 5, exit 5
                """);
      }
    }
  }

  /** SIGINT and SIGTERM; a second signal kills. */
  @Nested
  class Rule10 {
    @Test
    void duringADeploy() {
      new Scenario()
          .node("a", DRAIN, RETURN, nodePost("fail", FAIL))
          .node("b", DRAIN)
          .globalPost("report", REQUIRED)
          .globalPost("cleanup", ALWAYS)
          .signal("a deploy", SIGTERM)
          .when("a deploy", 255)
          .happens(
              """
              a: connect, drain, deploy
              TERM
              a: fail(130) -> interrupted
              b -> not-started
              cleanup(143)
              interrupted 143, exit 143
              """);
    }

    @Test
    void duringAConnectionOrAPreHook() {
      new Scenario()
          .limits(2, 0)
          .node("a", DRAIN, nodePost("cleanup", ALWAYS))
          .node("b", DRAIN, nodePost("cleanup", ALWAYS))
          .endingFirst("a connect", "a drain")
          .signal("a drain", SIGINT)
          .happens(
              """
              a: connect
              b: connect
              a: drain
              TERM
              a -> interrupted
              b -> interrupted
              interrupted 130, exit 130
              """);
    }

    @Test
    void duringAPostHookTheOthersGetTheDeploysOwnCode() {
      new Scenario()
          .node("a", RETURN, nodePost("pass", PASS), nodePost("always", ALWAYS))
          .signal("a return", SIGINT)
          .when("a return", 143)
          .happens(
              """
              a: connect, deploy, return(0)
              TERM
              a: always(0) -> interrupted
              interrupted 130, exit 130
              """);
    }

    @Test
    void duringAGlobalPreHookThatThenFails() {
      new Scenario()
          .globalPre("gate", REQUIRED)
          .node("a")
          .globalPost("cleanup", FAIL)
          .signal("gate", SIGINT)
          .when("gate", 143)
          .happens(
              """
              gate
              TERM
              a -> not-started
              cleanup(130)
              interrupted 130, exit 130
              """);
    }

    @Test
    void duringAGlobalPostHook() {
      new Scenario()
          .node("a")
          .globalPost("report", REQUIRED)
          .globalPost("notice", REQUIRED)
          .globalPost("cleanup", ALWAYS)
          .signal("report", SIGTERM)
          .happens(
              """
              a: connect, deploy -> deployed
              report(0)
              TERM
              cleanup(0)
              interrupted 0, exit 143
              """);
    }

    @Test
    void aSecondSignalKillsAndNothingMoreIsBegun() {
      new Scenario()
          .node("a", RETURN, nodePost("always", ALWAYS))
          .node("b")
          .globalPost("cleanup", ALWAYS)
          .signal("a deploy", SIGINT, SIGTERM, SIGTERM)
          .happens(
              """
              a: connect, deploy
              TERM
              KILL
              a -> interrupted
              b -> not-started
              interrupted 130, exit 130
              """);
    }

    @Test
    void aNodeThatHadFailedStaysFailed() {
      new Scenario()
          .node("a", RETURN)
          .when("a deploy", 1)
          .signal("a return", SIGINT)
          .happens(
              """
              a: connect, deploy, return(1)
              TERM
              a -> failed
              interrupted 130, exit 130
              """);
    }

    @Test
    void afterAnAbortTheAbortStaysTheCause() {
      new Scenario()
          .node("a", RETURN, nodePost("fail", FAIL))
          .globalPost("cleanup", ALWAYS)
          .when("a return", 1)
          .signal("a fail", SIGINT)
          .happens(
              """
              a: connect, deploy, return(0), fail(0)
              TERM
              a -> failed
              cleanup(4)
              aborted 4, exit 4
              """);
    }
  }

  /** Neighbours of one weight that all say "concurrent" run together. */
  @Nested
  class Groups {
    private static final Kind TOGETHER = REQUIRED.together();

    @Test
    void startTogetherAndHoldBothSidesBack() {
      new Scenario()
          .node(
              "a",
              nodePre("first", REQUIRED),
              nodePre("x", TOGETHER),
              nodePre("y", TOGETHER),
              nodePre("last", REQUIRED))
          .endingFirst("a y", "a x")
          .happens(
              """
              a: connect, first, x, y, last, deploy -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void aFailedGlobalPreHookLetsTheOthersFinish() {
      Rehearsal run =
          new Scenario()
              .globalPre("gate", TOGETHER)
              .globalPre("notice", TOGETHER)
              .globalPre("later", REQUIRED)
              .node("a")
              .when("gate", 1)
              .endingFirst("gate", "notice")
              .play();
      assertThat(Transcript.of(run))
          .contains("GlobalHookEnded[hook=0, exitCode=1] => []")
          .contains("GlobalHookEnded[hook=1, exitCode=0] => [a -> not-started, refused 3, exit 3]");
      RunOracle.check(run);
    }

    @Test
    void anErrorDoesNotHideBehindANotNow() {
      Rehearsal run =
          new Scenario()
              .node(
                  "a",
                  nodePre("busy", TOGETHER),
                  nodePre("drain", TOGETHER),
                  nodePre("z", TOGETHER))
              .when("a busy", 75)
              .when("a drain", 2)
              .when("a z", 3)
              .endingFirst("a z", "a busy", "a drain")
              .play();
      assertThat(new Timeline(run).finishes.getFirst().outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(new Timeline(run).finishes.getFirst().reason())
          .isEqualTo("pre hook \"drain\" failed (exit 2)");
      RunOracle.check(run);
    }

    @Test
    void aFailedPostHookAbortsAtOnceWhileTheOthersFinish() {
      new Scenario()
          .limits(2, 5)
          .node("a", nodePost("x", TOGETHER), nodePost("y", TOGETHER), nodePost("fail", FAIL))
          .node("b")
          .node("c")
          .when("a x", 1)
          .endingFirst("a connect", "a deploy", "a x", "b connect", "b deploy", "a y")
          .happens(
              """
              a: connect
              b: connect
              a: deploy, x(0), y(0)
              b: deploy -> deployed
              a: fail(0) -> failed
              c -> not-started
              aborted 4, exit 4
              """);
    }

    @Test
    void onlyThoseRunWhoseConditionHolds() {
      new Scenario()
          .node("a", nodePost("pass", PASS.together()), nodePost("fail", FAIL.together()), RETURN)
          .when("a deploy", 1)
          .happens(
              """
              a: connect, deploy, fail(1), return(1) -> failed
              finished 1, exit 1
              """);
    }

    @Test
    void theResultIsThatOfTheFirstInOrderNotInTime() {
      new Scenario()
          .node("a")
          .globalPost("smoke", TOGETHER)
          .globalPost("load", TOGETHER)
          .when("smoke", 7)
          .when("load", 8)
          .endingFirst("load", "smoke")
          .happens(
              """
              a: connect, deploy -> deployed
              smoke(0), load(0)
              finished 0, exit 7
              """);
    }

    @Test
    void whatFailedBeforeASignalIsTheCause() {
      new Scenario()
          .globalPre("gate", TOGETHER)
          .globalPre("slow", TOGETHER)
          .node("a")
          .globalPost("cleanup", ALWAYS)
          .when("gate", 1)
          .endingFirst("gate")
          .signalAfter("gate", SIGINT)
          .happens(
              """
              gate, slow
              TERM
              a -> not-started
              refused 3, exit 3
              """);
    }
  }

  /** A node that only another run is in the way of. */
  @Nested
  class Batches {
    @Test
    void aBatchBeginsWhenAllNodesOfTheOneBeforeAreThroughWithTheirPostHooks() {
      new Scenario()
          .limits(2, 0)
          .globalPre("gate", REQUIRED)
          .node("a", RETURN)
          .node("b")
          .node("c")
          .node("d")
          .batches(1, 3)
          .globalPost("notify", REQUIRED)
          .happens(
              """
              gate
              batch 1
              a: connect, deploy, return(0) -> deployed
              batch 2
              b: connect
              c: connect
              b: deploy
              c: deploy
              b -> deployed
              d: connect
              c -> deployed
              d: deploy -> deployed
              notify(0)
              finished 0, exit 0
              """);
    }

    @Test
    void aFailedCanaryStopsTheRun() {
      new Scenario()
          .limits(5, 0)
          .node("a", nodePost("fail", FAIL))
          .node("b")
          .node("c")
          .batches(1, 2)
          .when("a deploy", 1)
          .happens(
              """
              batch 1
              a: connect, deploy, fail(1) -> failed
              b -> not-started
              c -> not-started
              finished 1, exit 1
              """);
    }

    @Test
    void failuresCountOverTheWholeRun() {
      new Scenario()
          .limits(1, 1)
          .node("a")
          .node("b")
          .node("c")
          .batches(1, 1, 1)
          .when("a deploy", 1)
          .when("b connect", 1)
          .happens(
              """
              batch 1
              a: connect, deploy -> failed
              batch 2
              b: connect -> unreachable
              c -> not-started
              finished 1, exit 1
              """);
    }

    @Test
    void aSkippedCanaryHoldsNothingUp() {
      new Scenario()
          .node("a", DRAIN)
          .node("b")
          .batches(1, 1)
          .when("a drain", 1)
          .happens(
              """
              batch 1
              a: connect, drain -> skipped
              batch 2
              b: connect, deploy -> deployed
              finished 5, exit 5
              """);
    }

    @Test
    void anAbortAndAnInterruptBeginNoFurtherBatch() {
      new Scenario()
          .limits(1, 9)
          .node("a", RETURN)
          .node("b")
          .batches(1, 1)
          .when("a return", 1)
          .happens(
              """
              batch 1
              a: connect, deploy, return(0) -> failed
              b -> not-started
              aborted 4, exit 4
              """);
      new Scenario()
          .node("a")
          .node("b")
          .batches(1, 1)
          .signal("a deploy", StopSignal.SIGINT)
          .happens(
              """
              batch 1
              a: connect, deploy
              TERM
              a -> interrupted
              b -> not-started
              interrupted 130, exit 130
              """);
    }

    @Test
    void aRefusedRunBeginsNone() {
      new Scenario()
          .globalPre("gate", REQUIRED)
          .node("a")
          .node("b")
          .batches(1, 1)
          .when("gate", 1)
          .happens(
              """
              gate
              a -> not-started
              b -> not-started
              finished 3, exit 3
              """
                  .replace("finished", "refused"));
    }
  }

  @Nested
  class Locks {
    @Test
    void aRunThatNothingElseWentWrongInSaysSo() {
      new Scenario()
          .limits(1, 5)
          .node("a")
          .node("b", DRAIN)
          .when("a connect", Rehearsal.LOCKED)
          .when("b drain", 1)
          .happens(
              """
              a: connect -> unreachable
              b: connect, drain -> skipped
              finished 6, exit 6
              """);
    }

    @Test
    void aFailureCountsMore() {
      new Scenario()
          .limits(1, 5)
          .node("a")
          .node("b")
          .when("a connect", Rehearsal.LOCKED)
          .when("b deploy", 1)
          .happens(
              """
              a: connect -> unreachable
              b: connect, deploy -> failed
              finished 1, exit 1
              """);
    }
  }

  /** {@code fix wrap} without a node in its command. */
  @Nested
  class WrapOnce {
    @Test
    void theCommandsCodeIsTheRunsAndOnlyGlobalHooksRun() {
      new Scenario()
          .command()
          .globalPre("gate", REQUIRED)
          .node("a", DRAIN, RETURN)
          .node("b")
          .globalPost("report", OPTIONAL)
          .when("command", 42)
          .happens(
              """
              gate, command
              a -> failed
              b -> failed
              report(42)
              finished 42, exit 42
              """);
    }
  }

  private static RunResult result(Scenario scenario) {
    Rehearsal run = scenario.play();
    RunOracle.check(run);
    Action last = run.steps().getLast().actions().getLast();
    assertThat(last).isInstanceOf(Action.FinishRun.class);
    return ((Action.FinishRun) last).result();
  }
}
