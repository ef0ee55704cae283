package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.rules.Timeline.Operation;
import java.util.List;
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
    return cursor.now;
  }

  private Outcome outcome() {
    Operation connect = cursor.next(new Action.Connect(node));
    if (interruptedBefore(connect.ended)) {
      return Outcome.INTERRUPTED;
    }
    if (connect.code != 0) {
      failedAt = connect.ended;
      return Outcome.UNREACHABLE;
    }
    for (PlannedHook hook : planned.pre()) {
      Operation pre = cursor.next(new Action.RunNodeHook(node, hook, OptionalInt.empty()));
      if (interruptedBefore(pre.ended)) {
        return Outcome.INTERRUPTED;
      }
      switch (RuleTables.nodePreHook(pre.code, hook.definition().required())) {
        case "skipped" -> {
          return Outcome.SKIPPED;
        }
        case "soft-skipped" -> {
          return Outcome.SOFT_SKIPPED;
        }
        default -> {}
      }
    }
    Operation deploy = cursor.next(new Action.Deploy(node));
    if (interruptedBefore(deploy.ended)) {
      postHooks(130);
      return Outcome.INTERRUPTED;
    }
    if (deploy.code != 0) {
      failedAt = deploy.ended;
    }
    postHooks(deploy.code);
    if (deploy.code != 0 || abortedAt != Timeline.NEVER) {
      return Outcome.FAILED;
    }
    return interruptedBefore(cursor.now) ? Outcome.INTERRUPTED : Outcome.DEPLOYED;
  }

  private void postHooks(int code) {
    for (PlannedHook hook : planned.post()) {
      boolean stopped = interruptedBefore(cursor.now) || abortedAt != Timeline.NEVER;
      if (secondSignal < cursor.now
          || !RuleTables.postHookRuns(hook.definition().runCondition(), code, stopped)) {
        continue;
      }
      Operation post = cursor.next(new Action.RunNodeHook(node, hook, OptionalInt.of(code)));
      if (post.code != 0 && hook.definition().required() && !interruptedBefore(post.ended)) {
        abortedAt = Math.min(abortedAt, post.ended);
      }
    }
  }

  private boolean interruptedBefore(int step) {
    return firstSignal < step;
  }
}
