package dev.kitchenhooks.rules;

import static dev.kitchenhooks.rules.StopSignal.SIGINT;
import static dev.kitchenhooks.rules.StopSignal.SIGTERM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A signal at every point of every run of small plans, a second one at every later point, and a
 * third; with every result of everything, before and after. In serial runs a "point" is: during
 * each thing in flight, and just after the signal before it.
 */
class EveryInterruptTest {
  private static final List<Kind> REQUIRED = List.of(Kind.REQUIRED);
  private static final List<Kind> NONE = List.of();
  private static final Kind FAIL = Kind.on(RunCondition.FAIL);
  private static final Kind PASS = Kind.on(RunCondition.PASS);
  private static final Kind ALWAYS = Kind.on(RunCondition.ALWAYS);

  @Test
  void duringEveryKindOfHookOfOneNode() {
    long runs = 0;
    for (List<Kind> post : Kinds.lists(Kinds.POST, 2)) {
      PlanBuilder plan = new PlanBuilder().nodeWith(REQUIRED, post);
      runs += EveryRun.OF.with(SIGINT, SIGTERM).check(plan.build());
    }
    assertThat(runs).isGreaterThan(3_000);
  }

  @Test
  void duringEveryKindOfGlobalHook() {
    long runs = 0;
    for (List<Kind> pre : Kinds.lists(Kinds.PRE, 2)) {
      for (List<Kind> post : Kinds.lists(Kinds.POST, 2)) {
        PlanBuilder plan = new PlanBuilder().globals(pre, post).nodeWith(NONE, NONE);
        runs += EveryRun.OF.with(SIGTERM).check(plan.build());
      }
    }
    assertThat(runs).isGreaterThan(10_000);
  }

  @Test
  void threeTimesDuringAWholeRun() {
    PlanBuilder plan =
        new PlanBuilder()
            .globals(List.of(Kind.OPTIONAL, Kind.REQUIRED), List.of(Kind.REQUIRED, FAIL))
            .nodeWith(REQUIRED, List.of(Kind.REQUIRED, ALWAYS));
    assertThat(EveryRun.OF.with(SIGINT, SIGINT, SIGTERM).check(plan.build())).isGreaterThan(800);
    assertThat(EveryRun.OF.with(SIGTERM, SIGINT, SIGTERM).check(plan.build())).isGreaterThan(800);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void duringThreeNodesInTurn(int maxFailed) {
    long runs = 0;
    for (Kind post : Kinds.POST) {
      PlanBuilder plan =
          new PlanBuilder()
              .limits(1, maxFailed)
              .globals(NONE, List.of(PASS, ALWAYS))
              .nodeWith(NONE, List.of(post, FAIL))
              .nodeWith(REQUIRED, List.of(post))
              .nodeWith(NONE, REQUIRED);
      runs += EveryRun.OF.with(SIGINT, SIGTERM).check(plan.build());
    }
    assertThat(runs).isGreaterThan(5_000);
  }

  @Test
  void duringEveryGroupOfANode() {
    long runs = 0;
    List<Kind> groups = List.of(Kind.REQUIRED.together(), Kind.OPTIONAL.together());
    for (List<Kind> pre : Kinds.lists(groups, 2)) {
      PlanBuilder plan = new PlanBuilder().nodeWith(pre, List.of(ALWAYS));
      runs += EveryRun.OF.with(SIGINT, SIGTERM).check(plan.build());
    }
    List<Kind> kinds = List.of(Kind.REQUIRED.together(), FAIL.together(), ALWAYS.together());
    for (List<Kind> post : Kinds.lists(kinds, 3)) {
      PlanBuilder plan = new PlanBuilder().nodeWith(NONE, post);
      runs += EveryRun.OF.with(SIGINT, SIGTERM).check(plan.build());
    }
    assertThat(runs).isGreaterThan(5_000);
  }

  @Test
  void duringEveryGlobalGroup() {
    long runs = 0;
    List<Kind> groups = List.of(Kind.REQUIRED.together(), Kind.OPTIONAL.together(), ALWAYS);
    for (List<Kind> kinds : Kinds.lists(groups, 3)) {
      EveryRun twice = EveryRun.OF.with(SIGTERM, SIGINT);
      runs += twice.check(new PlanBuilder().globals(kinds, List.of(ALWAYS)).build());
      runs += twice.check(new PlanBuilder().globals(NONE, kinds).nodeWith(NONE, NONE).build());
    }
    assertThat(runs).isGreaterThan(5_000);
  }

  @Test
  void duringTwoNodesAtOnce() {
    PlanBuilder plan =
        new PlanBuilder()
            .limits(2, 0)
            .globals(NONE, List.of(FAIL))
            .nodeWith(NONE, List.of(Kind.REQUIRED, ALWAYS))
            .nodeWith(NONE, REQUIRED);
    assertThat(EveryRun.OF.with(SIGTERM, SIGINT).check(plan.build())).isGreaterThan(5_000);
  }

  @Test
  void duringAnAbortWithAnotherNodeInEveryStage() {
    PlanBuilder plan =
        new PlanBuilder()
            .limits(2, 5)
            .globals(NONE, List.of(Kind.REQUIRED, ALWAYS))
            .nodeWith(NONE, List.of(Kind.REQUIRED, FAIL))
            .nodeWith(REQUIRED, List.of(PASS));
    assertThat(EveryRun.OF.withoutSoftSkips().with(SIGINT).check(plan.build()))
        .isGreaterThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void duringThreeNodesTwoAtOnce(int maxFailed) {
    PlanBuilder plan =
        new PlanBuilder()
            .limits(2, maxFailed)
            .nodeWith(NONE, REQUIRED)
            .nodeWith(NONE, NONE)
            .nodeWith(NONE, NONE);
    assertThat(EveryRun.OF.with(SIGINT, SIGTERM).check(plan.build())).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void duringThreeNodesInBatches(int maxFailed) {
    long runs = 0;
    for (int[] sizes : List.of(new int[] {1, 2}, new int[] {2, 1}, new int[] {1, 1, 1})) {
      runs +=
          EveryRun.OF
              .with(SIGINT, SIGTERM)
              .check(
                  new PlanBuilder()
                      .limits(2, maxFailed)
                      .globals(REQUIRED, List.of(ALWAYS))
                      .nodeWith(NONE, REQUIRED)
                      .nodeWith(NONE, NONE)
                      .nodeWith(NONE, NONE)
                      .batches(sizes)
                      .build());
    }
    assertThat(runs).isGreaterThan(2_000);
  }

  @Test
  void duringThreeNodesAtOnce() {
    PlanBuilder plan =
        new PlanBuilder()
            .limits(3, 1)
            .nodeWith(NONE, NONE)
            .nodeWith(NONE, NONE)
            .nodeWith(NONE, List.of(ALWAYS));
    assertThat(EveryRun.OF.with(SIGTERM).check(plan.build())).isGreaterThan(5_000);
  }

  @Test
  void duringACommandThatRunsOnce() {
    PlanBuilder plan =
        new PlanBuilder()
            .work(new Work.CommandOnce(List.of("knife", "status")))
            .globals(List.of(Kind.OPTIONAL, Kind.REQUIRED), List.of(Kind.REQUIRED, FAIL))
            .nodeWith(REQUIRED, REQUIRED)
            .nodeWith(NONE, NONE);
    assertThat(EveryRun.OF.with(SIGINT, SIGTERM, SIGTERM).check(plan.build())).isGreaterThan(150);
  }

  @Test
  void duringARunWithoutNodes() {
    PlanBuilder plan =
        new PlanBuilder().globals(List.of(Kind.OPTIONAL, Kind.REQUIRED), List.of(PASS, ALWAYS));
    assertThat(EveryRun.OF.with(SIGINT, SIGTERM).check(plan.build())).isGreaterThan(50);
  }
}
