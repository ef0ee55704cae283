package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.rules.Timeline.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Says what should be begun for the applications of one node, from top to bottom, and what should
 * become of each. Like {@link LaneOracle}, which walks the same lane, it shares nothing with the
 * rules.
 */
final class AppsOracle {
  private final Timeline time;
  private final int node;
  private final PlannedNode planned;
  private final Cursor cursor;
  private final List<Outcome> outcomes = new ArrayList<>();

  /** The first code, not 0, of a deploy that was not cut off. */
  int code;

  /** When that deploy failed. */
  int failedAt = Timeline.NEVER;

  /** When a required post hook failed, no signal having come. */
  int abortedAt = Timeline.NEVER;

  /** Whether a deploy was in flight when the first signal came. */
  boolean cut;

  AppsOracle(Timeline time, int node, Cursor cursor) {
    this.time = time;
    this.node = node;
    this.planned = time.run.plan().nodes().get(node);
    this.cursor = cursor;
  }

  /** Every application, in order; those that come after the end of all have no turn. */
  void check() {
    for (int app = 0; app < planned.apps().size(); app++) {
      boolean goesOn =
          !interruptedBefore(cursor.now)
              && abortedAt == Timeline.NEVER
              && (code == 0 || time.run.plan().limits().maxFailed() == Integer.MAX_VALUE);
      outcomes.add(goesOn ? turn(app) : Outcome.NOT_STARTED);
    }
    expectOutcomes();
  }

  /** None of them has a turn. */
  void checkNone() {
    planned.apps().forEach(_ -> outcomes.add(Outcome.NOT_STARTED));
    expectOutcomes();
  }

  private void expectOutcomes() {
    List<Outcome> told =
        time.appFinishes.stream()
            .filter(finish -> finish.node() == node)
            .map(Timeline.AppFinish::outcome)
            .toList();
    cursor.expect(
        told.equals(outcomes),
        () -> "applications of %s should be %s: %s".formatted(planned.fqdn(), outcomes, told));
  }

  boolean any(Outcome outcome) {
    return outcomes.contains(outcome);
  }

  private Outcome turn(int app) {
    PlannedApp here = planned.apps().get(app);
    for (List<Integer> group : Groups.of(here.pre())) {
      List<Operation> together =
          cursor.together(hooks(app, here.pre(), group, OptionalInt.empty()));
      List<String> verdicts = new ArrayList<>();
      for (int i = 0; i < group.size(); i++) {
        Operation pre = together.get(i);
        boolean required = here.pre().get(group.get(i)).definition().required();
        verdicts.add(
            interruptedBefore(pre.ended)
                ? "interrupted"
                : RuleTables.nodePreHook(pre.code, required));
      }
      Optional<String> worst = RuleTables.worstOfNodePreHooks(verdicts);
      if (worst.isPresent()) {
        return Outcome.valueOf(worst.get().toUpperCase(Locale.ROOT).replace('-', '_'));
      }
    }
    Operation deploy = cursor.next(new Action.DeployApp(node, app));
    if (interruptedBefore(deploy.ended)) {
      cut = true;
      postHooks(app, 130);
      return Outcome.INTERRUPTED;
    }
    boolean aborted = postHooks(app, deploy.code);
    if (deploy.code != 0) {
      failedAt = Math.min(failedAt, deploy.ended);
      code = code == 0 ? deploy.code : code;
    }
    if (aborted || deploy.code != 0) {
      return Outcome.FAILED;
    }
    return interruptedBefore(cursor.now) ? Outcome.INTERRUPTED : Outcome.DEPLOYED;
  }

  private boolean postHooks(int app, int deployCode) {
    boolean aborted = false;
    List<PlannedHook> hooks = planned.apps().get(app).post();
    for (List<Integer> group : Groups.of(hooks)) {
      if (time.signalStep(2) < cursor.now) {
        return aborted;
      }
      boolean stopped = interruptedBefore(cursor.now) || aborted;
      List<Integer> run =
          group.stream()
              .filter(i -> RuleTables.postHookRuns(condition(hooks.get(i)), deployCode, stopped))
              .toList();
      List<Operation> together =
          cursor.together(hooks(app, hooks, run, OptionalInt.of(deployCode)));
      for (int i = 0; i < run.size(); i++) {
        Operation post = together.get(i);
        boolean required = hooks.get(run.get(i)).definition().required();
        if (post.code != 0 && required && !interruptedBefore(post.ended)) {
          aborted = true;
          abortedAt = Math.min(abortedAt, post.ended);
        }
      }
    }
    return aborted;
  }

  /** Post hooks of an application run after success, unless they say more. */
  private static RunCondition condition(PlannedHook hook) {
    RunCondition said = hook.definition().runCondition();
    return said == RunCondition.FINISHED ? RunCondition.PASS : said;
  }

  private List<Action> hooks(
      int app, List<PlannedHook> hooks, List<Integer> which, OptionalInt code) {
    List<Action> actions = new ArrayList<>();
    for (int i : which) {
      actions.add(new Action.RunAppHook(node, app, i, hooks.get(i), code));
    }
    return actions;
  }

  private boolean interruptedBefore(int step) {
    return time.signalStep(1) < step;
  }
}
