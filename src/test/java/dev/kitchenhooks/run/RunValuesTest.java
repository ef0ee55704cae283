package dev.kitchenhooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.testkit.Plans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hooks see of each other's values does not depend on when each hands its own on. */
class RunValuesTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static List<PlannedHook> hooks(Random random, String type, String prefix) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i -> Plans.hook(prefix + i, type, random.nextInt(3) > 0))
        .toList();
  }

  private static List<RunValues.Spot> spots(OptionalInt node, List<PlannedHook> hooks) {
    return IntStream.range(0, hooks.size())
        .mapToObj(i -> new RunValues.Spot(node, hooks.get(i), i))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHookSeesAllThatStandsBeforeItsGroupAndNothingElse(int seed) {
    var random = new Random(seed);
    List<PlannedHook> globalPre = hooks(random, "global_predeployhook", "g");
    List<PlannedHook> pre = hooks(random, "node_predeployhook", "p");
    List<PlannedHook> post = hooks(random, "node_postdeployhook", "q");
    PlannedNode node = Plans.node("a", pre, post);
    RunPlan plan = Plans.of(globalPre, List.of(), node, Plans.node("b", pre, post));
    List<RunValues.Spot> order = new ArrayList<>(spots(OptionalInt.empty(), globalPre));
    order.addAll(spots(OptionalInt.of(0), pre));
    order.addAll(spots(OptionalInt.of(0), post));
    List<RunValues.Spot> told = new ArrayList<>(order);
    told.addAll(spots(OptionalInt.of(1), pre)); // which must not be seen by the other node
    Collections.shuffle(told, random);

    var values = new RunValues(plan);
    for (RunValues.Spot spot : told) {
      String name = spot.hook().name() + (spot.node().orElse(0) == 1 ? "-of-b" : "");
      assertThat(values.take(spot, new TreeMap<>(Map.of("last", name, name, "1")))).isEmpty();
    }

    Map<String, String> before = new TreeMap<>();
    Map<String, String> ofGroup = new TreeMap<>();
    boolean grouped = false;
    String lastType = "";
    for (RunValues.Spot spot : order) {
      PlannedHook hook = spot.hook();
      boolean goesOn =
          grouped && hook.definition().concurrent() && hook.type().id().equals(lastType);
      if (!goesOn) {
        before.putAll(ofGroup);
      }
      assertThat(values.seenBy(spot)).isEqualTo(before);
      ofGroup.put("last", hook.name());
      ofGroup.put(hook.name(), "1");
      grouped = hook.definition().concurrent();
      lastType = hook.type().id();
    }
  }

  @Test
  void whatIsNotTakenLeavesNothing() {
    PlannedHook hook = Plans.hook("a", "global_predeployhook", false);
    var values = new RunValues(Plans.of(List.of(hook), List.of()));
    var spot = new RunValues.Spot(OptionalInt.empty(), hook, 0);
    var most = new TreeMap<>(Map.of("k", "x".repeat(RunValues.MAX_BYTES - 3)));
    assertThat(values.take(spot, most)).isEmpty();
    assertThat(values.ofRun()).isEqualTo(most);
    var more = new TreeMap<>(Map.of("k", "x".repeat(RunValues.MAX_BYTES - 2)));
    assertThat(values.take(spot, more)).isPresent();
    assertThat(values.ofRun()).isEmpty();
  }
}
