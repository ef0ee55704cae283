package dev.kitchenhooks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.rules.PlanBuilder.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run told in words. Things are named as the transcript names them, without the code in
 * brackets: {@code gate}, {@code a connect}, {@code a drain}, {@code a deploy}. What is not said
 * goes well, and what began first ends first.
 */
final class Scenario {
  private final PlanBuilder plan = new PlanBuilder();
  private final Map<String, Integer> codes = new HashMap<>();
  private final Map<String, List<StopSignal>> signals = new HashMap<>();
  private final Map<String, StopSignal> signalsAfter = new HashMap<>();
  private final List<String> first = new ArrayList<>();
  private final Set<String> mentioned = new HashSet<>();

  Scenario limits(int concurrency, int maxFailed) {
    plan.limits(concurrency, maxFailed);
    return this;
  }

  Scenario batches(int... sizes) {
    plan.batches(sizes);
    return this;
  }

  Scenario command() {
    plan.work(new Work.CommandOnce(List.of("knife", "status")));
    return this;
  }

  Scenario globalPre(String name, Kind kind) {
    plan.globalPre(name, kind);
    return this;
  }

  Scenario globalPost(String name, Kind kind) {
    plan.globalPost(name, kind);
    return this;
  }

  Scenario node(String fqdn, PlannedHook... hooks) {
    plan.node(fqdn, of(Moment.PRE, hooks), of(Moment.POST, hooks));
    return this;
  }

  /** {@code fix app deploy}: nothing is done to the nodes but to their applications. */
  Scenario onlyApplications() {
    plan.work(new Work.Applications("x", false));
    return this;
  }

  /** The last node gets one more application: x, y, z; its hooks before1..., after1.... */
  Scenario app(List<Kind> pre, List<Kind> post) {
    plan.app(pre, post);
    return this;
  }

  /** Something ends with this code; for a connection, any but 0 means that it cannot be made. */
  Scenario when(String operation, int code) {
    codes.put(operation, code);
    mentioned.add(operation);
    return this;
  }

  /** The signals arrive as soon as something has begun. */
  Scenario signal(String operation, StopSignal... arriving) {
    signals.put(operation, List.of(arriving));
    mentioned.add(operation);
    return this;
  }

  /** A signal arrives as soon as something has ended. */
  Scenario signalAfter(String operation, StopSignal arriving) {
    signalsAfter.put(operation, arriving);
    mentioned.add(operation);
    return this;
  }

  /** As long as they are in flight these end first, the first named before the others. */
  Scenario endingFirst(String... operations) {
    first.addAll(List.of(operations));
    mentioned.addAll(first);
    return this;
  }

  /** Plays the run and holds what it did against the table, and against the oracle. */
  void happens(String table) {
    Rehearsal run = play();
    assertThat(Transcript.table(run)).isEqualTo(table);
    RunOracle.check(run);
  }

  /** Plays the run; everything that was said of it must have come to pass. */
  Rehearsal play() {
    Rehearsal run = new Rehearsal(plan.build());
    Set<String> seen = new HashSet<>();
    int read = 0;
    while (true) {
      for (; read < run.steps().size(); read++) {
        for (Action begun : run.steps().get(read).actions()) {
          String name = name(run, begun);
          seen.add(name);
          List<StopSignal> arriving = signals.remove(name);
          if (arriving != null) {
            arriving.forEach(run::signal);
          }
        }
      }
      if (run.over()) {
        break;
      }
      Action next = next(run);
      run.end(next, codes.getOrDefault(name(run, next), 0));
      StopSignal after = signalsAfter.remove(name(run, next));
      if (after != null && !run.over()) {
        run.signal(after);
      }
    }
    if (!seen.containsAll(mentioned)) {
      throw new AssertionError("not all of " + mentioned + " began\n" + Transcript.of(run));
    }
    return run;
  }

  private Action next(Rehearsal run) {
    return first.stream()
        .flatMap(wanted -> run.inFlight().stream().filter(a -> name(run, a).equals(wanted)))
        .findFirst()
        .orElse(run.inFlight().getFirst());
  }

  private static String name(Rehearsal run, Action action) {
    return Transcript.name(run.plan(), action).replaceFirst("\\(.*\\)$", "");
  }

  private static List<PlannedHook> of(Moment moment, PlannedHook... hooks) {
    return Stream.of(hooks).filter(h -> h.type().moment() == moment).toList();
  }
}
