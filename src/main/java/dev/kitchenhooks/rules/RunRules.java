package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.RunPlan;

/**
 * The rules of a run, as {@code docs/hooks.md} numbers them: told what happened, they say what
 * happens next. They start nothing, know no clock and no thread; whoever carries the actions out
 * tells how each ended, in whatever order that happens.
 *
 * <pre>
 *                    required hook fails: 3
 *   Began ─▶ GLOBAL_PRE ─────────────────────────────────▶ OVER
 *                │ all ran                                   ▲
 *                ▼                                           │
 *              WORK   each node: connect ─▶ pre ─▶ deploy ─▶ post
 *                │ no node in flight, none may start         │
 *                ▼                                           │
 *            GLOBAL_POST ────────────────────────────────────┘
 * </pre>
 */
public final class RunRules {
  private RunRules() {}

  /** The state before anything happened. */
  public static RunState initial() {
    return RunState.INITIAL;
  }

  /**
   * What happens next. Pure: the same arguments give the same answer.
   *
   * @throws IllegalStateException if something is told that cannot happen in this state: a bug of
   *     the caller
   */
  public static Decision next(RunPlan plan, RunState state, Happened happened) {
    return new Turn(plan, state).take(happened);
  }

  /**
   * Whether nodes that have not started will, as things are now, once the nodes' stage is there.
   */
  public static boolean startsMoreNodes(RunPlan plan, RunState state) {
    return state.stage() == RunState.Stage.WORK && new Turn(plan, state).mayStart();
  }
}
