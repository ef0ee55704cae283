package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.rules.Timeline.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Says what should be begun for one node after it was connected to, top to bottom as the contract
 * tells it, and objects where the run did another thing. Each thing must begin in the very step in
 * which the one before it ended.
 */
final class LaneOracle {
  private final Timeline time;
  private final int node;
  private final PlannedNode planned;
  private final int firstSignal;
  private final int secondSignal;
  private final Cursor cursor;

  /** When the node was known to have failed or to be unreachable, for rule 6. */
  int failedAt = Timeline.NEVER;

  /** When a required post hook of it failed, no signal having come: rule 5. */
  int abortedAt = Timeline.NEVER;

  /** Whether it was deployed, but for an application that a failing pre hook left out. */
  boolean appSkipped;

  /** Whether it was unreachable only because of another run. */
  boolean locked;

  /** The hook that a node's reason must name; empty where it need not name one. */
  private String because = "";

  LaneOracle(Timeline time, int node) {
    this.time = time;
    this.node = node;
    this.planned = time.run.plan().nodes().get(node);
    this.firstSignal = time.signalStep(1);
    this.secondSignal = time.signalStep(2);
    List<Operation> lane = time.nodeLanes.get(node);
    this.cursor = new Cursor(time, lane, lane.getFirst().begun);
  }

  /** Checks the whole turn of the node. Returns the step in which it was over. */
  int check() {
    Outcome outcome = outcome();
    cursor.expectNothingMore();
    List<Timeline.Finish> finishes = time.finishesOf(node);
    cursor.expect(finishes.size() == 1, () -> "a node finishes once: " + finishes);
    Timeline.Finish finish = finishes.getFirst();
    cursor.expect(
        finish.outcome() == outcome && finish.step() == cursor.now,
        () -> planned.fqdn() + " should be " + outcome + " at step " + cursor.now + ": " + finish);
    cursor.expect(
        because.isEmpty() || finish.reason().contains('"' + because + '"'),
        () -> planned.fqdn() + " should say that it was " + because + ": " + finish);
    return cursor.now;
  }

  private Outcome outcome() {
    Operation connect = cursor.next(new Action.Connect(node));
    if (interruptedBefore(connect.ended)) {
      return Outcome.INTERRUPTED;
    }
    if (connect.code != 0) {
      failedAt = connect.ended;
      locked = connect.code == Rehearsal.LOCKED;
      return Outcome.UNREACHABLE;
    }
    for (List<Integer> group : Groups.of(planned.pre())) {
      List<Operation> together = cursor.together(hooks(planned.pre(), group, OptionalInt.empty()));
      List<String> verdicts = new ArrayList<>();
      for (int i = 0; i < group.size(); i++) {
        PlannedHook hook = planned.pre().get(group.get(i));
        Operation pre = together.get(i);
        verdicts.add(
            interruptedBefore(pre.ended)
                ? "interrupted"
                : RuleTables.nodePreHook(pre.code, hook.definition().required()));
      }
      Optional<String> worst = RuleTables.worstOfNodePreHooks(verdicts);
      if (worst.isPresent()) {
        int first = group.get(verdicts.indexOf(worst.get()));
        because = worst.get().equals("interrupted") ? "" : planned.pre().get(first).name();
        return Outcome.valueOf(worst.get().toUpperCase(Locale.ROOT).replace('-', '_'));
      }
    }
    AppsOracle apps = new AppsOracle(time, node, cursor);
    if (!(time.run.plan().work() instanceof Work.Applications)) {
      Operation deploy = cursor.next(new Action.Deploy(node));
      boolean cut = interruptedBefore(deploy.ended);
      if (cut || deploy.code != 0) {
        apps.checkNone();
        failedAt = cut ? failedAt : deploy.ended;
        postHooks(cut ? 130 : deploy.code);
        return cut ? Outcome.INTERRUPTED : Outcome.FAILED;
      }
    }
    apps.check();
    return afterApplications(apps);
  }

  private Outcome afterApplications(AppsOracle apps) {
    failedAt = apps.failedAt;
    abortedAt = apps.abortedAt;
    postHooks(apps.cut ? 130 : apps.code);
    if (abortedAt != Timeline.NEVER) {
      return Outcome.FAILED;
    }
    if (apps.cut) {
      return Outcome.INTERRUPTED;
    }
    if (apps.code != 0) {
      return Outcome.FAILED;
    }
    if (interruptedBefore(cursor.now)) {
      return Outcome.INTERRUPTED;
    }
    boolean applications = time.run.plan().work() instanceof Work.Applications;
    boolean nothingDone = applications && !apps.any(Outcome.DEPLOYED);
    appSkipped = apps.any(Outcome.SKIPPED) && !nothingDone;
    if (apps.any(Outcome.SKIPPED)) {
      return nothingDone ? Outcome.SKIPPED : Outcome.DEPLOYED;
    }
    return nothingDone ? Outcome.SOFT_SKIPPED : Outcome.DEPLOYED;
  }

  private void postHooks(int code) {
    for (List<Integer> group : Groups.of(planned.post())) {
      if (secondSignal < cursor.now) {
        return;
      }
      boolean stopped = interruptedBefore(cursor.now) || abortedAt != Timeline.NEVER;
      List<Integer> run =
          group.stream()
              .filter(i ->
                  RuleTables.postHookRuns(
                      planned.post().get(i).definition().runCondition(), code, stopped))
              .toList();
      List<Operation> together = cursor.together(hooks(planned.post(), run, OptionalInt.of(code)));
      boolean failedBefore = abortedAt != Timeline.NEVER;
      for (int i = 0; i < run.size(); i++) {
        PlannedHook hook = planned.post().get(run.get(i));
        Operation post = together.get(i);
        if (post.code != 0 && hook.definition().required() && !interruptedBefore(post.ended)) {
          because = abortedAt == Timeline.NEVER ? hook.name() : because;
          abortedAt = failedBefore ? abortedAt : Math.min(abortedAt, post.ended);
        }
      }
    }
  }

  private List<Action> hooks(List<PlannedHook> hooks, List<Integer> which, OptionalInt code) {
    List<Action> actions = new ArrayList<>();
    for (int i : which) {
      actions.add(new Action.RunNodeHook(node, i, hooks.get(i), code));
    }
    return actions;
  }

  private boolean interruptedBefore(int step) {
    return firstSignal < step;
  }
}
