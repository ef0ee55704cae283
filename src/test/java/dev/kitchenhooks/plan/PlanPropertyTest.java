package dev.kitchenhooks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Verdict;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random kitchens: the plan is what its words say, hook by hook and node by node. */
class PlanPropertyTest {
  private static final List<String> TYPES =
      List.of(
          "global_predeployhook",
          "global_postdeployhook",
          "node_predeployhook",
          "node_postdeployhook",
          "node_prepromotehook",
          "global_postpromotehook",
          "user");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyHookStandsWhereItBelongsAndNowhereElse(long seed) {
    PlanRequest request = random(new Random(seed));
    RunPlan plan = Planner.plan(request);

    List<NodeFacts> live = request.selected().stream().filter(n -> !n.dummy()).toList();
    assertThat(plan.nodes()).extracting(PlannedNode::facts).isEqualTo(live);
    assertThat(plan.globalPre()).isEqualTo(expected(request, "global_pre", live));
    assertThat(plan.globalPost()).isEqualTo(expected(request, "global_post", live));
    for (PlannedNode node : plan.nodes()) {
      boolean once = request.work() instanceof Work.CommandOnce;
      List<NodeFacts> itself = once ? List.of() : List.of(node.facts());
      assertThat(node.pre()).isEqualTo(expected(request, "node_pre", itself));
      assertThat(node.post()).isEqualTo(expected(request, "node_post", itself));
    }
  }

  /** The hooks of a kind for which one of the nodes matches, in order, read off the contract. */
  private static List<PlannedHook> expected(
      PlanRequest request, String kind, List<NodeFacts> nodes) {
    String id = kind + request.phase() + "hook";
    return request.definitions().stream()
        .filter(HookDefinition::enabled)
        .filter(d -> d.types().stream().anyMatch(t -> t.id().equals(id)))
        .filter(d -> request.skip().skips().stream().noneMatch(s -> isSkipped(s, d, id)))
        .filter(d -> !request.work().isWhyRun() || d.whyRun())
        .filter(d -> nodes.stream().anyMatch(node -> runs(request, d, node)))
        .sorted(Comparator.comparingInt(HookDefinition::weight).thenComparing(HookDefinition::name))
        .map(d -> new PlannedHook(d, HookType.parse(id).orElseThrow()))
        .toList();
  }

  private static boolean runs(PlanRequest request, HookDefinition hook, NodeFacts node) {
    String command = request.work() instanceof Work.Converge ? "fix" : "wrap";
    return hook.filters().judge(node, command) instanceof Verdict.Runs;
  }

  private static boolean isSkipped(SkipFlags.Skip skip, HookDefinition d, String id) {
    return switch (skip) {
      case SkipFlags.Skip.Named(String name) -> d.name().equals(name);
      case SkipFlags.Skip.OfType(HookType type) -> type.id().equals(id);
      case SkipFlags.Skip.Tagged(String tag) -> d.tags().contains(tag);
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theExplanationSaysTheSameAsThePlan(long seed) {
    PlanRequest request = random(new Random(seed));
    RunPlan plan = Planner.plan(request);
    Set<String> planned = new HashSet<>();
    Stream.concat(plan.globalPre().stream(), plan.globalPost().stream())
        .forEach(h -> planned.add(h.name() + h.type()));
    for (PlannedNode node : plan.nodes()) {
      Stream.concat(node.pre().stream(), node.post().stream())
          .forEach(h -> planned.add(h.name() + h.type() + node.fqdn()));
    }
    Set<String> explained = new HashSet<>();
    for (Explained each : Explainer.explain(request, Optional.empty()).toList()) {
      assertThat(each.text()).doesNotContain("\n").isNotBlank();
      if (each.decision().runs()) {
        explained.add(each.hook().name() + each.hook().type() + each.node().orElse(""));
      }
    }
    assertThat(explained).isEqualTo(planned);
  }

  private static PlanRequest random(Random random) {
    var nodes = new ArrayList<NodeFacts>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      nodes.add(TestHooks.node("n" + i, random.nextInt(6) == 0, roles(random)));
    }
    var hooks = new ArrayList<HookDefinition>();
    for (int i = random.nextInt(25); i >= 0; i--) {
      hooks.add(hook(random, i).definition());
    }
    Work work =
        switch (random.nextInt(4)) {
          case 0 -> new Work.CommandOnce(List.of("x"));
          case 1 -> new Work.CommandPerNode(List.of("{node}"));
          default ->
              Work.Converge.of(random.nextBoolean() ? Work.Manner.WHY_RUN : Work.Manner.USUAL);
        };
    var skips = new ArrayList<SkipFlags.Skip>();
    if (random.nextInt(3) == 0) {
      skips.add(new SkipFlags.Skip.Tagged("t"));
      skips.add(new SkipFlags.Skip.Named("h3"));
      skips.add(new SkipFlags.Skip.OfType(HookType.parse(TYPES.get(2)).orElseThrow()));
    }
    return new PlanRequest(
        "node:all",
        random.nextInt(4) == 0 ? "promote" : HookType.DEPLOY,
        work,
        Limits.SERIAL,
        nodes,
        applications(nodes),
        hooks,
        new SkipFlags(false, skips));
  }

  /** Every other node has one or two. */
  private static Map<String, List<Application>> applications(List<NodeFacts> nodes) {
    var applications = new HashMap<String, List<Application>>();
    for (int i = 0; i < nodes.size(); i += 2) {
      NodeFacts node = nodes.get(i);
      var shop = new Application("shop", node.environment(), "1", "shop.yml", "/srv/shop");
      var wiki = new Application("wiki", node.environment(), "2", "wiki.yml", "/srv/wiki");
      applications.put(node.fqdn(), i % 4 == 0 ? List.of(shop) : List.of(shop, wiki));
    }
    return applications;
  }

  private static TestHooks hook(Random random, int number) {
    var types = new HashSet<String>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      types.add(TYPES.get(random.nextInt(TYPES.size())));
    }
    TestHooks hook =
        TestHooks.hook("h" + number, types.toArray(String[]::new)).weight(random.nextInt(3) - 1);
    hook = random.nextInt(3) == 0 ? hook.roles(roles(random)) : hook;
    hook = random.nextInt(6) == 0 ? hook.roles("!r1", "r*") : hook;
    if (random.nextInt(6) == 0) {
      hook = hook.filters(new Filters(Map.of(FilterKey.COMMANDS, List.of("wrap"))));
    }
    hook = random.nextInt(8) == 0 ? hook.disabled() : hook;
    hook = random.nextInt(5) == 0 ? hook.tagged("t") : hook;
    return random.nextBoolean() ? hook.inWhyRun() : hook;
  }

  private static String[] roles(Random random) {
    return random
        .ints(1 + random.nextInt(2), 0, 4)
        .distinct()
        .mapToObj(i -> "r" + i)
        .toArray(String[]::new);
  }
}
