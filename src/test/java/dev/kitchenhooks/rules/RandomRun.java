package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Runs made from a seed. How a thing ends depends on the seed and its name alone, so that two runs
 * of a seed differ only where the rules do.
 */
final class RandomRun {
  private static final List<Integer> PERCENT_FAILING = List.of(0, 2, 10, 30);
  private static final List<Integer> CODES = List.of(1, 2, Rehearsal.LOCKED, 75, 124, 137, 255);

  private final int seed;
  private final boolean forgiving;
  private final Random random;
  private final Random apps;
  private final int percentFailing;

  private RandomRun(int seed, boolean forgiving) {
    this.seed = seed;
    this.forgiving = forgiving;
    this.random = new Random(seed);
    this.apps = new Random(seed ^ 0x5eed);
    this.percentFailing = any(PERCENT_FAILING);
  }

  static Rehearsal of(int seed) {
    return new RandomRun(seed, false).play();
  }

  /** The same, but no optional hook fails (75 of a node pre hook is no failure, and stays). */
  static Rehearsal withOptionalHooksPassing(int seed) {
    return new RandomRun(seed, true).play();
  }

  /**
   * The same plan and codes, one node at a time and without signals, with things in flight ending
   * in an order of its own.
   */
  static Rehearsal inOrder(int seed, int order) {
    RandomRun made = new RandomRun(seed, false);
    Rehearsal run = new Rehearsal(made.plan(1));
    Random random = new Random(order);
    while (!run.over()) {
      Action operation = run.inFlight().get(random.nextInt(run.inFlight().size()));
      run.end(operation, made.code(run.plan(), operation));
    }
    return run;
  }

  private Rehearsal play() {
    Rehearsal run = new Rehearsal(plan(1 + random.nextInt(10)));
    int signals = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    while (!run.over()) {
      if (run.signals() < signals && random.nextInt(40) == 0) {
        run.signal(any(List.of(StopSignal.values())));
      } else {
        Action operation = any(run.inFlight());
        run.end(operation, code(run.plan(), operation));
      }
    }
    return run;
  }

  private RunPlan plan(int concurrency) {
    PlanBuilder plan =
        new PlanBuilder()
            .limits(concurrency, any(List.of(0, 1, 5, Integer.MAX_VALUE)))
            .globals(kinds(2), kinds(4));
    int nodes = random.nextInt(51);
    for (int i = 0; i < nodes; i++) {
      plan.nodeWith(kinds(3), kinds(4));
      applications(plan);
    }
    return divided(plan, nodes).build();
  }

  /** Some nodes have some; the runs of the others stay what they were. */
  private void applications(PlanBuilder plan) {
    int count = Math.max(0, apps.nextInt(6) - 2);
    for (int i = 0; i < count; i++) {
      plan.app(kinds(apps, 2), kinds(apps, 3));
    }
  }

  private List<Kind> kinds(int most) {
    return kinds(random, most);
  }

  private static List<Kind> kinds(Random random, int most) {
    List<Kind> kinds = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      kinds.add(
          new Kind(
              random.nextBoolean(),
              any(random, List.of(RunCondition.values())),
              random.nextBoolean(),
              random.nextInt(4) == 0 ? 1 : 0));
    }
    return kinds;
  }

  private int code(RunPlan plan, Action operation) {
    Random own = new Random(31L * seed + Transcript.name(plan, operation).hashCode());
    own.nextInt();
    boolean well = own.nextInt(100) >= percentFailing;
    int code = well ? 0 : CODES.get(own.nextInt(CODES.size()));
    return switch (operation) {
      case Action.RunGlobalHook(_, PlannedHook hook, _) when forgiving && !required(hook) -> 0;
      case Action.RunNodeHook(_, _, PlannedHook hook, OptionalInt given)
          when forgiving && !required(hook) && (code != 75 || given.isPresent()) ->
          0;
      case Action.RunAppHook(_, _, _, PlannedHook hook, OptionalInt given)
          when forgiving && !required(hook) && (code != 75 || given.isPresent()) ->
          0;
      default -> code;
    };
  }

  private static boolean required(PlannedHook hook) {
    return hook.definition().required();
  }

  /** Some runs come in batches; those that do not are the same as if there were none. */
  private PlanBuilder divided(PlanBuilder plan, int nodes) {
    Random sizes = new Random(~seed);
    if (nodes < 2 || sizes.nextInt(3) > 0) {
      return plan;
    }
    List<Integer> batches = new ArrayList<>();
    for (int left = nodes; left > 0; left -= batches.getLast()) {
      batches.add(Math.min(left, 1 + sizes.nextInt(nodes)));
    }
    return plan.batches(batches.stream().mapToInt(size -> size).toArray());
  }

  private <T> T any(List<T> values) {
    return any(random, values);
  }

  private static <T> T any(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
