package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Run lists expand as the simplest recursion would, over graphs of every shape. */
class RoleExpansionTest {
  private static final List<String> ENVIRONMENTS = List.of("_default", "production", "staging");

  @TempDir Path dir;

  /** Run lists by environment, by role: the model. */
  private final Map<String, Map<String, List<String>>> roles = new TreeMap<>();

  /** What the naive recursion finds. */
  private static final class Model {
    final TreeSet<String> seen = new TreeSet<>();
    final TreeSet<String> recipes = new TreeSet<>();
    boolean missing;
    boolean cycle;
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void asTheNaiveRecursion(int seed) {
    var random = new Random(seed);
    KitchenBuilder kitchen =
        KitchenBuilder.in(dir).environment("production").environment("staging");
    int size = 1 + random.nextInt(12);
    // Every third graph may lead in a circle, every fourth to what is not there.
    boolean cyclic = seed % 3 == 0;
    int named = seed % 4 == 0 ? size + 2 : size;
    for (int i = 0; i < size; i++) {
      role(kitchen, random, i, cyclic ? 0 : i + 1, named);
    }
    String environment = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
    List<String> runList = runList(random, 0, named);
    kitchen.node("a", environment, runList.toArray(String[]::new));
    var model = new Model();
    walk(model, runList, environment, List.of());

    Kitchen read = Kitchen.open(dir);
    Orders orders = Orders.parse(List.of("node:a"));
    if (model.cycle || model.missing) {
      var e = catchThrowableOfType(FixException.class, () -> read.select(orders, Optional.empty()));
      String said = e.problems().stream().map(Problem::format).collect(Collectors.joining("\n"));
      assertThat(said.contains("contain each other")).as(said).isEqualTo(model.cycle);
      assertThat(said.contains("does not exist")).as(said).isEqualTo(model.missing);
      assertThat(e.problems()).doesNotHaveDuplicates();
    } else {
      NodeFacts facts = read.select(orders, Optional.empty()).nodes().getFirst();
      assertThat(facts.roles()).isEqualTo(model.seen);
      assertThat(facts.recipes()).isEqualTo(model.recipes);
      assertThat(facts.runList()).isEqualTo(runList);
    }
  }

  private void role(KitchenBuilder kitchen, Random random, int number, int from, int to) {
    Map<String, List<String>> lists = new TreeMap<>();
    lists.put("_default", runList(random, from, to));
    if (random.nextInt(3) == 0) {
      lists.put("staging", runList(random, from, to));
    }
    roles.put(role(number), lists);
    String own =
        lists.containsKey("staging")
            ? ", \"env_run_lists\": {\"staging\": %s}"
                .formatted(json(lists.getOrDefault("staging", List.of())))
            : "";
    kitchen.roleJson(
        role(number),
        "{\"run_list\": %s%s}".formatted(json(lists.getOrDefault("_default", List.of())), own));
  }

  private static List<String> runList(Random random, int from, int to) {
    var entries = new ArrayList<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      if (random.nextBoolean() && from < to) {
        entries.add("role[%s]".formatted(role(from + random.nextInt(to - from))));
      } else {
        entries.add("recipe[c%d]".formatted(random.nextInt(20)));
      }
    }
    return entries;
  }

  private static String role(int number) {
    return number % 2 == 0 ? "r" + number : "sub/r" + number;
  }

  private static String json(List<String> entries) {
    return entries.stream()
        .map(entry -> "\"" + entry + "\"")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void walk(Model model, List<String> runList, String environment, List<String> path) {
    for (String entry : runList) {
      String name = entry.substring(entry.indexOf('[') + 1, entry.length() - 1);
      if (entry.startsWith("recipe")) {
        model.recipes.add(name);
      } else if (path.contains(name)) {
        model.cycle = true;
      } else if (!roles.containsKey(name)) {
        model.missing = true;
      } else {
        model.seen.add(name);
        Map<String, List<String>> lists = roles.getOrDefault(name, Map.of());
        var longer = new ArrayList<>(path);
        longer.add(name);
        walk(
            model,
            lists.getOrDefault(environment, lists.getOrDefault("_default", List.of())),
            environment,
            longer);
      }
    }
  }

  @Test
  void aChainMayBeOfAnyLength() {
    int length = 3_000;
    KitchenBuilder kitchen = KitchenBuilder.in(dir).node("a", "_default", "role[r0]");
    for (int i = 0; i < length; i++) {
      kitchen.role("r" + i, i + 1 < length ? "role[r" + (i + 1) + "]" : "recipe[end]");
    }
    NodeFacts facts =
        Kitchen.open(dir)
            .select(Orders.parse(List.of("nodes_with_recipe:end")), Optional.empty())
            .nodes()
            .getFirst();
    assertThat(facts.roles()).hasSize(length);
  }

  @Test
  void aCycleIsTheSameProblemWhereverARunListEntersIt() {
    KitchenBuilder.in(dir)
        .role("a", "role[b]")
        .role("b", "role[c]")
        .role("c", "recipe[x]", "role[a]")
        .node("n1", "_default", "role[a]")
        .node("n2", "_default", "role[b]")
        .node("n3", "_default", "role[c]");
    var e =
        catchThrowableOfType(
            FixException.class,
            () -> Kitchen.open(dir).select(Orders.parse(List.of("node:all")), Optional.empty()));
    assertThat(e.problems())
        .extracting(Problem::format)
        .containsExactly(
            "roles/c.json:5:5: error: roles contain each other: a -> b -> c -> a (remove one of"
                + " these entries)");
  }

  @Test
  void anEmptyListOfTheEnvironmentStandsInForTheUsualOne() {
    KitchenBuilder.in(dir)
        .environment("staging")
        .roleJson(
            "web",
            """
            {"run_list": ["recipe[a]"], "env_run_lists": {"staging": [], "_default": ["b"]}}
            """)
        .node("n1", "staging", "role[web]")
        .node("n2", "_default", "role[web]");
    List<NodeFacts> nodes =
        Kitchen.open(dir).select(Orders.parse(List.of("node:all")), Optional.empty()).nodes();
    assertThat(nodes.get(0).recipes()).isEmpty();
    assertThat(nodes.get(1).recipes()).containsExactly("b");
  }
}
