package dev.kitchenhooks.plan;

import static dev.kitchenhooks.plan.TestHooks.hook;
import static dev.kitchenhooks.plan.TestHooks.node;
import static dev.kitchenhooks.plan.TestHooks.request;
import static dev.kitchenhooks.plan.TestHooks.skipping;
import static dev.kitchenhooks.plan.TestHooks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final List<NodeFacts> NODES =
      List.of(node("web1", "web"), node("db1", "db"), node("off", true, "web"));

  @Test
  void eachNodeIsToldWhichFilterDecided() {
    assertThat(lines(request(NODES, hook("drain", "node_predeployhook").roles("web"))))
        .containsExactly(
            "drain (node_predeployhook) web1: runs",
            "drain (node_predeployhook) db1: does not run: roles: has \"db\", wanted \"web\"",
            "drain (node_predeployhook) off: does not run: the node is a dummy");
  }

  @Test
  void aGlobalHookIsToldWhichNodesMatched() {
    assertThat(
            lines(
                request(
                    NODES,
                    hook("a", "global_predeployhook").roles("web"),
                    hook("b", "global_predeployhook").roles("mail"),
                    hook("c", "global_postdeployhook"))))
        .containsExactly(
            "a (global_predeployhook): runs: its filters match web1",
            "b (global_predeployhook): does not run: no selected node matches (roles left out 2)",
            "c (global_postdeployhook): runs: its filters match web1, db1");
  }

  @Test
  void longListsOfNodesAreCutShort() {
    List<NodeFacts> nodes = IntStream.range(0, 7).mapToObj(i -> node("n" + i)).toList();
    assertThat(lines(request(nodes, hook("g", "global_predeployhook"))))
        .containsExactly(
            "g (global_predeployhook): runs: its filters match n0, n1, n2, n3, n4 and 2 more");
  }

  @Test
  void whatHoldsForAHookAsAWholeIsSaidOnce() {
    PlanRequest request =
        request(
            NODES,
            hook("off", "node_predeployhook").disabled(),
            hook("hand", "user"),
            hook("other", "node_prepromotehook"),
            hook("skipped", "node_predeployhook").tagged("slow"),
            hook("wrap", "node_postdeployhook")
                .filters(new Filters(Map.of(FilterKey.COMMANDS, List.of("wrap")))));
    assertThat(lines(skipping(request, false, "tag:slow")))
        .containsExactly(
            "off (node_predeployhook): does not run: \"enabled\" is false",
            "other (node_prepromotehook): does not run: this run's phase is deploy",
            "skipped (node_predeployhook): does not run: left out by --skip-hooks tag:slow",
            "wrap (node_postdeployhook): does not run: commands: has \"fix\", wanted \"wrap\"",
            "hand (user): does not run: only fix hooks run starts it");
  }

  @Test
  void theKindOfRunDecidesToo() {
    PlanRequest request = request(NODES, hook("n", "node_predeployhook"));
    assertThat(lines(with(request, Work.Converge.of(Work.Manner.WHY_RUN))))
        .containsExactly(
            "n (node_predeployhook): does not run: --why-run, and the hook does not say"
                + " \"why_run\": true");
    assertThat(lines(with(request, new Work.CommandOnce(List.of("x")))))
        .containsExactly(
            "n (node_predeployhook): does not run: the command has no {node} in it and runs once,"
                + " in global hooks only");
    assertThat(lines(request(List.of(), hook("g", "global_predeployhook"))))
        .containsExactly(
            "g (global_predeployhook): does not run: no node is selected that anything is done to");
  }

  @Test
  void oneHookCanBeAskedFor() {
    PlanRequest request =
        request(NODES, hook("a", "global_predeployhook"), hook("b", "global_predeployhook"));
    assertThat(Explainer.explain(request, Optional.of("b")).map(e -> e.hook().name()))
        .containsExactly("b");
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> Explainer.explain(request, Optional.of("c")))
        .withMessage("no hook is called \"c\"");
  }

  private static List<String> lines(PlanRequest request) {
    return Explainer.explain(request, Optional.empty()).map(Explained::text).toList();
  }
}
