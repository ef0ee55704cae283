package dev.kitchenhooks.rules;

import static dev.kitchenhooks.rules.PlanBuilder.nodePost;
import static dev.kitchenhooks.rules.PlanBuilder.nodePre;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules for the applications of a node by example; the tables are as in RuleByRuleTest. */
class ApplicationRulesTest {
  private static final Kind HOOK = Kind.REQUIRED;
  private static final Kind ALWAYS = Kind.on(RunCondition.ALWAYS);
  private static final Kind FAIL = Kind.on(RunCondition.FAIL);
  private static final List<Kind> NONE = List.of();
  private static final PlannedHook DRAIN = nodePre("drain", HOOK);
  private static final PlannedHook RETURN = nodePost("return", HOOK);

  /** In an ordinary run they have their turns after the deploy, inside the node's hooks. */
  @Nested
  class InsideANodesTurn {
    @Test
    void oneAfterTheOtherBetweenTheDeployAndThePostHooks() {
      new Scenario()
          .node("a", DRAIN, RETURN)
          .app(List.of(HOOK), List.of(HOOK))
          .app(NONE, NONE)
          .happens(
              """
              a: connect, drain, deploy, x:before1, x:deploy, x:after1(0), x=deployed, y:deploy, y=deployed, return(0) -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void noneWhereTheNodesOwnDeployFailed() {
      new Scenario()
          .node("a", DRAIN, RETURN)
          .app(List.of(HOOK), List.of(HOOK))
          .when("a deploy", 1)
          .happens(
              """
              a: connect, drain, deploy, x=not-started, return(1) -> failed
              finished 1, exit 1
              """);
    }

    @Test
    void noneWhereThePreHooksOfTheNodeSkippedIt() {
      new Scenario()
          .node("a", DRAIN)
          .app(List.of(HOOK), NONE)
          .when("a drain", 1)
          .happens(
              """
              a: connect, drain -> skipped
              finished 5, exit 5
              """);
    }
  }

  /** A failing pre hook skips its application. */
  @Nested
  class PreHooks {
    @Test
    void aFailureSkipsTheApplicationAndTheOthersGoOn() {
      new Scenario()
          .node("a", RETURN)
          .app(List.of(HOOK, HOOK), List.of(ALWAYS))
          .app(NONE, List.of(HOOK))
          .when("a x:before1", 1)
          .happens(
              """
              a: connect, deploy, x:before1, x=skipped, y:deploy, y:after1(0), y=deployed, return(0) -> deployed
              finished 5, exit 5
              """);
    }

    @Test
    void seventyFiveIsNoError() {
      new Scenario()
          .node("a")
          .app(List.of(HOOK), NONE)
          .when("a x:before1", 75)
          .happens(
              """
              a: connect, deploy, x:before1, x=soft-skipped -> deployed
              finished 0, exit 0
              """);
    }
  }

  /** Post hooks run after success, unless they say more. */
  @Nested
  class PostHooks {
    @Test
    void afterAFailureOnlyThoseThatSaySo() {
      new Scenario()
          .node("a", RETURN)
          .app(NONE, List.of(HOOK, FAIL, ALWAYS))
          .when("a x:deploy", 17)
          .happens(
              """
              a: connect, deploy, x:deploy, x:after2(17), x:after3(17), x=failed, return(17) -> failed
              finished 1, exit 1
              """);
    }

    @Test
    void aFailureOfOneAbortsTheRun() {
      new Scenario()
          .node("a", RETURN, nodePost("tidy", ALWAYS))
          .app(NONE, List.of(HOOK, HOOK, ALWAYS))
          .app(NONE, NONE)
          .node("b")
          .when("a x:after1", 3)
          .happens(
              """
              a: connect, deploy, x:deploy, x:after1(0), x:after3(0), x=failed, y=not-started, tidy(0) -> failed
              b -> not-started
              aborted 4, exit 4
              """);
    }
  }

  /** A failed application fails its node. */
  @Nested
  class Failures {
    @Test
    void theOthersOfTheNodeAreNotStarted() {
      new Scenario()
          .node("a")
          .app(NONE, NONE)
          .app(NONE, NONE)
          .node("b")
          .when("a x:deploy", 1)
          .happens(
              """
              a: connect, deploy, x:deploy, x=failed, y=not-started -> failed
              b -> not-started
              finished 1, exit 1
              """);
    }

    @Test
    void unlessTheRunKeepsGoing() {
      new Scenario()
          .limits(1, Integer.MAX_VALUE)
          .node("a")
          .app(NONE, NONE)
          .app(NONE, NONE)
          .node("b")
          .when("a x:deploy", 1)
          .happens(
              """
              a: connect, deploy, x:deploy, x=failed, y:deploy, y=deployed -> failed
              b: connect, deploy -> deployed
              finished 1, exit 1
              """);
    }
  }

  /** {@code fix app deploy}: there is no deploy of the node itself. */
  @Nested
  class ApplicationsAlone {
    @Test
    void theNodesHooksStandAroundThem() {
      new Scenario()
          .onlyApplications()
          .node("a", DRAIN, RETURN)
          .app(List.of(HOOK), List.of(HOOK))
          .happens(
              """
              a: connect, drain, x:before1, x:deploy, x:after1(0), x=deployed, return(0) -> deployed
              finished 0, exit 0
              """);
    }

    @Test
    void aSkippedOneMakesItsNodeSkipped() {
      new Scenario()
          .onlyApplications()
          .node("a")
          .app(List.of(HOOK), NONE)
          .node("b")
          .app(NONE, NONE)
          .when("a x:before1", 1)
          .happens(
              """
              a: connect, x:before1, x=skipped -> skipped
              b: connect, x:deploy, x=deployed -> deployed
              finished 5, exit 5
              """);
    }

    @Test
    void oneThatIsNotForNowMakesItsNodeSoftSkipped() {
      new Scenario()
          .onlyApplications()
          .node("a")
          .app(List.of(HOOK), NONE)
          .when("a x:before1", 75)
          .happens(
              """
              a: connect, x:before1, x=soft-skipped -> soft-skipped
              finished 0, exit 0
              """);
    }
  }

  @Nested
  class Interrupts {
    @Test
    void aDeployInFlightIsCutAndOnlyCleaningHooksRun() {
      new Scenario()
          .node("a", RETURN, nodePost("tidy", ALWAYS))
          .app(NONE, List.of(HOOK, ALWAYS))
          .app(NONE, NONE)
          .node("b")
          .signal("a x:deploy", StopSignal.SIGINT)
          .happens(
              """
              a: connect, deploy, x:deploy
              TERM
              a: x:after2(130), x=interrupted, y=not-started, tidy(130) -> interrupted
              b -> not-started
              interrupted 130, exit 130
              """);
    }
  }
}
