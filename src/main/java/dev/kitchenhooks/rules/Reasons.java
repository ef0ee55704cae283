package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.rules.RunResult.End;

/** Why a node came to its outcome, for people. */
final class Reasons {
  static final String INTERRUPTED = "the run was interrupted";

  private Reasons() {}

  static String softSkip(PlannedHook hook) {
    return "pre hook \"%s\" said not now (exit %d)".formatted(hook.name(), Outcome.NOT_NOW);
  }

  static String hookFailed(PlannedHook hook, int exit) {
    String moment =
        switch (hook.type().moment()) {
          case PRE -> "pre";
          case POST -> "post";
        };
    return "%s hook \"%s\" failed (%s)".formatted(moment, hook.name(), ExitText.of(exit));
  }

  static String failed(WorkKind what, int exit) {
    return "%s failed (%s)".formatted(what.noun(), ExitText.of(exit));
  }

  static String notStarted(End end) {
    return switch (end) {
      case FINISHED -> "stopped after too many nodes had failed";
      case REFUSED -> "a global pre hook failed";
      case ABORTED -> "the run was aborted";
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
