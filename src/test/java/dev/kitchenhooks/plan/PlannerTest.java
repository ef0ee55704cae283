package dev.kitchenhooks.plan;

import static dev.kitchenhooks.plan.TestHooks.hook;
import static dev.kitchenhooks.plan.TestHooks.node;
import static dev.kitchenhooks.plan.TestHooks.request;
import static dev.kitchenhooks.plan.TestHooks.skipping;
import static dev.kitchenhooks.plan.TestHooks.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final NodeFacts WEB = node("web1", "web");
  private static final NodeFacts DB = node("db1", "db");
  private static final NodeFacts DUMMY = node("dummy1", true, "web", "only-dummy");

  @Test
  void hooksStandByWeightAndThenByName() {
    RunPlan plan =
        Planner.plan(
            request(
                List.of(WEB),
                hook("c", "node_predeployhook"),
                hook("b", "node_predeployhook").weight(5),
                hook("a", "node_predeployhook").weight(5),
                hook("d", "node_predeployhook").weight(-1)));
    assertThat(names(plan.nodes().getFirst().pre())).containsExactly("d", "c", "a", "b");
  }

  @Test
  void eachTypeStandsAtItsPlace() {
    RunPlan plan =
        Planner.plan(
            request(
                List.of(WEB),
                hook("gpre", "global_predeployhook"),
                hook("gpost", "global_postdeployhook"),
                hook("npre", "node_predeployhook"),
                hook("npost", "node_postdeployhook"),
                hook("both", "node_predeployhook", "global_postdeployhook"),
                hook("hand", "user"),
                hook("other", "node_prepromotehook")));
    assertThat(names(plan.globalPre())).containsExactly("gpre");
    assertThat(names(plan.nodes().getFirst().pre())).containsExactly("both", "npre");
    assertThat(names(plan.nodes().getFirst().post())).containsExactly("npost");
    assertThat(names(plan.globalPost())).containsExactly("both", "gpost");
    assertThat(plan.globalPost().getFirst().type().id()).isEqualTo("global_postdeployhook");
  }

  @Test
  void aPhaseRunsItsOwnHooksOnly() {
    PlanRequest request =
        with(
            request(
                List.of(WEB), hook("p", "node_prepromotehook"), hook("d", "node_predeployhook")),
            "promote");
    RunPlan plan = Planner.plan(request);
    assertThat(plan.phase()).isEqualTo("promote");
    assertThat(names(plan.nodes().getFirst().pre())).containsExactly("p");
  }

  @Test
  void nodeHooksRunForTheNodesThatTheirFiltersMatch() {
    RunPlan plan =
        Planner.plan(request(List.of(DB, WEB), hook("a", "node_predeployhook").roles("w*")));
    assertThat(plan.fqdns()).containsExactly("db1", "web1");
    assertThat(plan.nodes().get(0).pre()).isEmpty();
    assertThat(names(plan.nodes().get(1).pre())).containsExactly("a");
  }

  @Test
  void globalHooksRunIfOneNodeMatchesAllKeysAndDummiesDoNotCount() {
    Filters webInProduction =
        new Filters(
            Map.of(
                FilterKey.ROLES, List.of("web"),
                FilterKey.CHEF_ENVIRONMENT, List.of("production")));
    RunPlan plan =
        Planner.plan(
            request(
                List.of(WEB, DUMMY),
                hook("web", "global_predeployhook").roles("web"),
                hook("dummy", "global_predeployhook").roles("only-dummy"),
                hook("production", "global_predeployhook").filters(webInProduction)));
    assertThat(names(plan.globalPre())).containsExactly("web");
    assertThat(plan.fqdns()).containsExactly("web1");
    assertThat(plan.dummies()).containsExactly(DUMMY);
  }

  @Test
  void withNothingToDoNoHookRuns() {
    RunPlan plan = Planner.plan(request(List.of(DUMMY), hook("g", "global_predeployhook")));
    assertThat(plan.globalPre()).isEmpty();
    assertThat(plan.nodes()).isEmpty();
  }

  @Test
  void disabledHooksAreNeitherPlannedNorSkipped() {
    PlanRequest request = request(List.of(WEB), hook("a", "node_predeployhook").disabled());
    RunPlan plan = Planner.plan(skipping(request, true));
    assertThat(plan.nodes().getFirst().pre()).isEmpty();
    assertThat(plan.skipped()).isEmpty();
  }

  @Test
  void aCommandThatRunsOnceIsWrappedInGlobalHooksOnly() {
    PlanRequest request =
        request(List.of(WEB), hook("n", "node_predeployhook"), hook("g", "global_predeployhook"));
    RunPlan plan = Planner.plan(with(request, new Work.CommandOnce(List.of("make"))));
    assertThat(names(plan.globalPre())).containsExactly("g");
    assertThat(plan.nodes().getFirst().pre()).isEmpty();
    assertThat(plan.fqdns()).containsExactly("web1");
    RunPlan perNode = Planner.plan(with(request, new Work.CommandPerNode(List.of("x", "{node}"))));
    assertThat(names(perNode.nodes().getFirst().pre())).containsExactly("n");
  }

  @Test
  void theFilterCommandsTellsADeployFromAWrappedCommand() {
    PlanRequest request =
        request(
            List.of(WEB),
            hook("fix", "global_predeployhook").filters(commands("fix")),
            hook("wrap", "global_predeployhook").filters(commands("wrap")),
            hook("default", "global_predeployhook"));
    RunPlan wrapped = Planner.plan(with(request, new Work.CommandOnce(List.of("x"))));
    assertThat(names(Planner.plan(request).globalPre())).containsExactly("default", "fix");
    assertThat(names(wrapped.globalPre())).containsExactly("default", "wrap");
  }

  @Test
  void aWhyRunRunsOnlyHooksThatSaySo() {
    PlanRequest request =
        request(
            List.of(WEB),
            hook("a", "node_predeployhook"),
            hook("b", "node_predeployhook").inWhyRun());
    RunPlan plan = Planner.plan(with(request, Work.Converge.of(Work.Manner.WHY_RUN)));
    assertThat(names(plan.nodes().getFirst().pre())).containsExactly("b");
    assertThat(plan.skipped())
        .extracting(s -> s.hook().name() + " " + s.reason())
        .containsExactly("a --why-run");
  }

  @Test
  void skippedHooksAreListedWhereTheyWouldHaveRun() {
    PlanRequest request =
        request(
            List.of(WEB),
            hook("named", "node_predeployhook"),
            hook("tagged", "node_predeployhook", "node_postdeployhook").tagged("slow"),
            hook("typed", "global_postdeployhook"),
            hook("elsewhere", "global_postdeployhook").roles("db"),
            hook("stays", "node_predeployhook"));
    RunPlan plan =
        Planner.plan(skipping(request, false, "tag:slow", "named", "global_postdeployhook"));
    assertThat(names(plan.nodes().getFirst().pre())).containsExactly("stays");
    assertThat(plan.globalPost()).isEmpty();
    assertThat(plan.skipped())
        .extracting(s -> "%s %s %s".formatted(s.hook().name(), s.hook().type(), s.reason()))
        .containsExactly(
            "named node_predeployhook --skip-hooks named",
            "tagged node_predeployhook --skip-hooks tag:slow",
            "tagged node_postdeployhook --skip-hooks tag:slow",
            "typed global_postdeployhook --skip-hooks global_postdeployhook");
    assertThat(Planner.plan(skipping(request, true)).skipped())
        .hasSize(5)
        .allMatch(s -> s.reason().equals("--no-hooks"));
  }

  @Test
  void nodesWithTheSameHooksShareTheirLists() {
    RunPlan plan =
        Planner.plan(
            request(
                List.of(WEB, DB, node("web2", "web")),
                hook("a", "node_predeployhook").roles("web"),
                hook("b", "node_postdeployhook")));
    PlannedNode first = plan.nodes().get(0);
    PlannedNode third = plan.nodes().get(2);
    assertThat(first.pre()).isSameAs(third.pre());
    assertThat(first.post()).isSameAs(third.post());
    assertThat(plan.nodes().get(1).pre()).isEmpty();
  }

  private static Filters commands(String... words) {
    return new Filters(Map.of(FilterKey.COMMANDS, List.of(words)));
  }

  private static List<String> names(List<PlannedHook> hooks) {
    return hooks.stream().map(PlannedHook::name).toList();
  }
}
