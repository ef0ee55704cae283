package dev.kitchenhooks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every combination of results, over plans that between them hold every kind of hook in every
 * place.
 *
 * <p>Coverage. A plan's runs are always played in full: every exit code (0, 1, and 75 where it is
 * told apart) of everything that runs, reached or not, in every order of completion. What is cut is
 * the number of plans, where hooks cannot touch each other:
 *
 * <ul>
 *   <li>Inside one node hooks meet only each other: all lists of up to two pre hooks (required or
 *       not) times all lists of up to two post hooks (four conditions, required or not), one node.
 *   <li>Global hooks meet a node only through its outcome: all such global lists, around a node
 *       that comes to every outcome.
 *   <li>Nodes meet each other only through stopping the run (an abort, or too many failures), free
 *       places and the run's code. So with three nodes each has at most one pre and one post hook;
 *       in turn, the first two are of all 16 such kinds, the third can come to every outcome. At
 *       once, the kinds are those that differ in what they can do to another node.
 * </ul>
 *
 * <p>Groups are played with up to three hooks, ending in every order.
 *
 * <p>The counts at the end of each test are lower bounds, so that a mistake in the harness cannot
 * quietly play fewer runs.
 */
class EveryCombinationTest {
  private static final List<Kind> REQUIRED = List.of(Kind.REQUIRED);
  private static final List<Kind> NONE = List.of();
  private static final int[] MAX_FAILED = {0, 1, Integer.MAX_VALUE};

  @Test
  void allHooksOfOneNode() {
    long runs = 0;
    for (List<Kind> pre : Kinds.lists(Kinds.PRE, 2)) {
      for (List<Kind> post : Kinds.lists(Kinds.POST, 2)) {
        runs += EveryRun.OF.check(new PlanBuilder().nodeWith(pre, post).build());
      }
    }
    assertThat(runs).isGreaterThan(5_000);
  }

  @Test
  void allGlobalHooksAroundEveryOutcomeOfANode() {
    long runs = 0;
    for (List<Kind> pre : Kinds.lists(Kinds.PRE, 2)) {
      for (List<Kind> post : Kinds.lists(Kinds.POST, 2)) {
        PlanBuilder plan = new PlanBuilder().globals(pre, post).nodeWith(REQUIRED, REQUIRED);
        runs += EveryRun.OF.check(plan.build());
      }
    }
    assertThat(runs).isGreaterThan(10_000);
  }

  @Test
  void threeGlobalPostHooksKeepTheirOrderAndTheirCode() {
    long runs = 0;
    for (List<Kind> post : Kinds.lists(Kinds.POST, 3)) {
      PlanBuilder plan = new PlanBuilder().globals(NONE, post).nodeWith(NONE, NONE);
      runs += EveryRun.OF.check(plan.build());
    }
    assertThat(runs).isGreaterThan(5_000);
  }

  @Test
  void threeNodesInTurn() {
    long runs = 0;
    for (int maxFailed : MAX_FAILED) {
      for (Kind pre1 : Kinds.PRE) {
        for (Kind post1 : Kinds.POST) {
          for (Kind pre2 : Kinds.PRE) {
            for (Kind post2 : Kinds.POST) {
              PlanBuilder plan =
                  new PlanBuilder()
                      .limits(1, maxFailed)
                      .nodeWith(List.of(pre1), List.of(post1))
                      .nodeWith(List.of(pre2), List.of(post2))
                      .nodeWith(NONE, REQUIRED);
              runs += EveryRun.OF.check(plan.build());
            }
          }
        }
      }
    }
    assertThat(runs).isGreaterThan(50_000);
  }

  @Test
  void twoNodesAtOnce() {
    long runs = 0;
    for (Kind post1 : Kinds.POST) {
      for (Kind post2 : Kinds.POST) {
        PlanBuilder plan =
            new PlanBuilder()
                .limits(2, 0)
                .globals(NONE, List.of(Kind.on(RunCondition.FAIL)))
                .nodeWith(NONE, List.of(post1))
                .nodeWith(NONE, List.of(post2));
        runs += EveryRun.OF.check(plan.build());
      }
    }
    assertThat(runs).isGreaterThan(20_000);
  }

  @Test
  void twoNodesAtOnceWithEveryHookThatCanStopOrFollow() {
    List<Kind> post = List.of(Kind.REQUIRED, Kind.on(RunCondition.ALWAYS));
    PlanBuilder plan =
        new PlanBuilder().limits(2, 0).nodeWith(REQUIRED, post).nodeWith(REQUIRED, post);
    assertThat(EveryRun.OF.check(plan.build())).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void threeNodesTwoAtOnce(int maxFailed) {
    List<Kind> always = List.of(Kind.on(RunCondition.ALWAYS));
    List<Kind> passThenFail = List.of(Kind.on(RunCondition.PASS), Kind.on(RunCondition.FAIL));
    long runs =
        EveryRun.OF.check(
                new PlanBuilder()
                    .limits(2, maxFailed)
                    .globals(NONE, REQUIRED)
                    .nodeWith(REQUIRED, NONE)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, NONE)
                    .build())
            + EveryRun.OF.check(
                new PlanBuilder()
                    .limits(2, maxFailed)
                    .nodeWith(NONE, always)
                    .nodeWith(NONE, NONE)
                    .nodeWith(NONE, passThenFail)
                    .build())
            + EveryRun.OF.check(
                new PlanBuilder()
                    .limits(2, maxFailed)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, REQUIRED)
                    .build());
    assertThat(runs).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void threeNodesAtOnce(int maxFailed) {
    long runs =
        EveryRun.OF.check(
                new PlanBuilder()
                    .limits(3, maxFailed)
                    .globals(NONE, List.of(Kind.on(RunCondition.PASS)))
                    .nodeWith(NONE, NONE)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, NONE)
                    .build())
            + EveryRun.OF.check(
                new PlanBuilder()
                    .limits(3, maxFailed)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, NONE)
                    .nodeWith(NONE, List.of(Kind.on(RunCondition.PASS)))
                    .build());
    assertThat(runs).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void threeNodesInBatches(int maxFailed) {
    long runs = 0;
    for (int atOnce = 1; atOnce <= 3; atOnce++) {
      for (int[] sizes : List.of(new int[] {1, 2}, new int[] {2, 1}, new int[] {1, 1, 1})) {
        runs +=
            EveryRun.OF.check(
                new PlanBuilder()
                    .limits(atOnce, maxFailed)
                    .globals(NONE, List.of(Kind.on(RunCondition.PASS)))
                    .nodeWith(REQUIRED, NONE)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, NONE)
                    .batches(sizes)
                    .build());
      }
    }
    assertThat(runs).isGreaterThan(1_000);
  }

  @Test
  void onlyANodePreHookGivesAMeaningTo75AndNoCodeIsTakenForAnother() {
    EveryRun codes = EveryRun.ofCodes(0, 2, 75, 124, 130, 255);
    PlanBuilder plan =
        new PlanBuilder()
            .globals(REQUIRED, REQUIRED)
            .nodeWith(REQUIRED, List.of(Kind.REQUIRED, Kind.on(RunCondition.FAIL)));
    assertThat(codes.check(plan.build())).isGreaterThan(250);
  }

  /** The kinds that can stand beside each other in a group, and one that cannot. */
  private static final List<Kind> PRE_GROUPED =
      List.of(Kind.REQUIRED.together(), Kind.OPTIONAL.together(), Kind.REQUIRED);

  private static final List<Kind> POST_GROUPED =
      List.of(
          Kind.REQUIRED.together(),
          Kind.OPTIONAL.together(),
          Kind.on(RunCondition.FAIL).together(),
          Kind.on(RunCondition.PASS).together(),
          Kind.on(RunCondition.ALWAYS));

  @Test
  void allPreGroupsOfOneNode() {
    long runs = 0;
    for (List<Kind> pre : Kinds.lists(PRE_GROUPED, 3)) {
      PlanBuilder plan = new PlanBuilder().nodeWith(pre, REQUIRED);
      runs += EveryRun.OF.check(plan.build());
    }
    assertThat(runs).isGreaterThan(2_000);
  }

  @Test
  void allPostGroupsOfOneNode() {
    long runs = 0;
    for (List<Kind> post : Kinds.lists(POST_GROUPED, 3)) {
      runs += EveryRun.OF.check(new PlanBuilder().nodeWith(NONE, post).build());
    }
    assertThat(runs).isGreaterThan(3_000);
  }

  @Test
  void allGlobalGroups() {
    long runs = 0;
    for (List<Kind> kinds : Kinds.lists(PRE_GROUPED, 3)) {
      PlanBuilder plan =
          new PlanBuilder()
              .globals(kinds, List.of(Kind.on(RunCondition.ALWAYS)))
              .nodeWith(NONE, NONE);
      runs += EveryRun.OF.check(plan.build());
    }
    for (List<Kind> kinds : Kinds.lists(POST_GROUPED, 3)) {
      PlanBuilder plan = new PlanBuilder().globals(NONE, kinds).nodeWith(NONE, REQUIRED);
      runs += EveryRun.OF.check(plan.build());
    }
    assertThat(runs).isGreaterThan(5_000);
  }

  @Test
  void hooksOfAnotherWeightAreNotInTheGroup() {
    Kind first = Kind.REQUIRED.together();
    Kind later = first.weight(1);
    List<Kind> twoGroups = List.of(first, first, later, later);
    EveryRun codes = EveryRun.OF.withoutSoftSkips();
    long runs =
        codes.check(new PlanBuilder().nodeWith(twoGroups, NONE).build())
            + codes.check(new PlanBuilder().nodeWith(NONE, twoGroups).build())
            + codes.check(
                new PlanBuilder().globals(twoGroups, twoGroups).nodeWith(NONE, NONE).build());
    assertThat(runs).isGreaterThan(500);
  }

  @Test
  void groupsOfTwoNodesAtOnce() {
    List<Kind> group = List.of(Kind.REQUIRED.together(), Kind.REQUIRED.together());
    EveryRun codes = EveryRun.OF.withoutSoftSkips();
    long runs =
        codes.check(
                new PlanBuilder()
                    .limits(2, 0)
                    .nodeWith(NONE, group)
                    .nodeWith(NONE, REQUIRED)
                    .nodeWith(NONE, NONE)
                    .build())
            + codes.check(
                new PlanBuilder().limits(2, 0).nodeWith(group, NONE).nodeWith(group, NONE).build());
    assertThat(runs).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void nodesThatAnotherRunIsAtWorkOn(int maxFailed) {
    EveryRun locks = EveryRun.OF.withLocks();
    long runs = 0;
    for (int atOnce = 1; atOnce <= 2; atOnce++) {
      runs +=
          locks.check(
              new PlanBuilder()
                  .limits(atOnce, maxFailed)
                  .globals(NONE, List.of(Kind.on(RunCondition.FAIL).optional()))
                  .nodeWith(REQUIRED, NONE)
                  .nodeWith(NONE, NONE)
                  .nodeWith(NONE, NONE)
                  .build());
    }
    assertThat(runs).isGreaterThan(1_000);
  }

  @Test
  void aPlanWithoutNodes() {
    long runs = 0;
    for (List<Kind> pre : Kinds.lists(Kinds.PRE, 2)) {
      for (List<Kind> post : Kinds.lists(Kinds.POST, 2)) {
        runs += EveryRun.OF.check(new PlanBuilder().globals(pre, post).build());
      }
    }
    assertThat(runs).isGreaterThan(1_000);
  }

  @Test
  void aCommandThatRunsOnce() {
    EveryRun codes = EveryRun.ofCodes(0, 1, 75);
    long runs = 0;
    for (List<Kind> pre : Kinds.lists(Kinds.PRE, 1)) {
      for (List<Kind> post : Kinds.lists(Kinds.POST, 2)) {
        PlanBuilder plan =
            new PlanBuilder()
                .work(new Work.CommandOnce(List.of("knife", "status")))
                .globals(pre, post)
                .nodeWith(REQUIRED, REQUIRED)
                .nodeWith(NONE, NONE);
        runs += codes.check(plan.build());
      }
    }
    assertThat(runs).isGreaterThan(2_000);
  }

  @Test
  void aCommandForEachNodeGoesByTheSameRules() {
    PlanBuilder plan =
        new PlanBuilder()
            .work(new Work.CommandPerNode(List.of("knife", "{node}")))
            .globals(REQUIRED, REQUIRED)
            .nodeWith(REQUIRED, REQUIRED)
            .nodeWith(REQUIRED, REQUIRED);
    assertThat(EveryRun.OF.check(plan.build())).isGreaterThan(40);
  }
}
