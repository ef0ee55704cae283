package dev.kitchenhooks.rules;

import dev.kitchenhooks.rules.Timeline.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Walks along a lane of a run and compares it with what should be there. */
final class Cursor {
  private final Timeline time;
  private final List<Operation> lane;
  private int index;

  /** The step in which the next thing must begin: that in which the one before it ended. */
  int now;

  Cursor(Timeline time, List<Operation> lane, int now) {
    this.time = time;
    this.lane = lane;
    this.now = now;
  }

  /** The next thing in the lane, which must be the expected one and must have begun now. */
  Operation next(Action expected) {
    return together(List.of(expected)).getFirst();
  }

  /**
   * The next things in the lane, which must be the expected ones and must all have begun now. What
   * comes after them must begin when the last of them ended.
   */
  List<Operation> together(List<Action> expected) {
    int begin = now;
    List<Operation> begun = new ArrayList<>();
    for (Action action : expected) {
      expect(
          index < lane.size(),
          () -> "step " + begin + " should have begun " + name(action) + ", but did not");
      Operation operation = lane.get(index++);
      expect(
          operation.action.equals(action) && operation.begun == begin,
          () ->
              "step %d should have begun %s, but step %d began %s"
                  .formatted(begin, name(action), operation.begun, name(operation.action)));
      now = Math.max(now, operation.ended);
      begun.add(operation);
    }
    return begun;
  }

  void expectNothingMore() {
    expect(index == lane.size(), () -> "should never have begun: " + name(lane.get(index).action));
  }

  /** Throws the objection, with the whole run, where something does not hold. */
  void expect(boolean holds, Supplier<String> objection) {
    if (!holds) {
      throw new AssertionError(objection.get() + "\n" + Transcript.of(time.run));
    }
  }

  private String name(Action action) {
    return Transcript.name(time.run.plan(), action);
  }
}
