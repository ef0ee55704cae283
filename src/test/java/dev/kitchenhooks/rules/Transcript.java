package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.RunPlan;
import java.util.OptionalInt;

/** A run in words, for people: what the tables of the tests and their failures are written in. */
final class Transcript {
  private Transcript() {}

  /**
   * The actions of a run in order, a line for each stretch that belongs to one node or to the run:
   *
   * <pre>
   * gate
   * a: connect, drain, deploy, return(0) -> deployed
   * finished 0, exit 0
   * </pre>
   */
  static String table(Rehearsal run) {
    StringBuilder table = new StringBuilder();
    String last = "";
    for (Rehearsal.Step step : run.steps()) {
      for (Action action : step.actions()) {
        String lane = lane(run.plan(), action);
        boolean outcome = action instanceof Action.FinishNode;
        if (lane.equals(last) && !lane.isEmpty()) {
          table.append(outcome ? " " : ", ");
        } else {
          table.append(table.isEmpty() ? "" : "\n");
          table.append(lane.equals("run") ? "" : lane);
          table.append(outcome ? " " : lane.isEmpty() || lane.equals("run") ? "" : ": ");
        }
        table.append(word(action));
        last = lane;
      }
    }
    return table.append('\n').toString();
  }

  /** What happened and what was answered, one step a line. */
  static String of(Rehearsal run) {
    StringBuilder text = new StringBuilder();
    RunPlan plan = run.plan();
    text.append(plan.limits()).append(' ').append(plan.work()).append('\n');
    for (Rehearsal.Step step : run.steps()) {
      text.append(step.happened()).append(" => ");
      text.append(step.actions().stream().map(a -> name(plan, a)).toList()).append('\n');
    }
    return text.toString();
  }

  /** One action: {@code gate}, {@code a drain}, {@code a return(0)}, {@code a -> deployed}. */
  static String name(RunPlan plan, Action action) {
    String lane = lane(plan, action);
    return (lane.isEmpty() || lane.equals("run") ? "" : lane + " ") + word(action);
  }

  private static String word(Action action) {
    return switch (action) {
      case Action.RunGlobalHook(_, var hook, var code) -> hook.name() + brackets(code);
      case Action.BeginBatch(int batch) -> "batch " + (batch + 1);
      case Action.Connect _ -> "connect";
      case Action.RunNodeHook(_, _, var hook, var code) -> hook.name() + brackets(code);
      case Action.Deploy _ -> "deploy";
      case Action.RunAppHook(_, int app, _, var hook, var code) ->
          PlanBuilder.appName(app) + ":" + hook.name() + brackets(code);
      case Action.DeployApp(_, int app) -> PlanBuilder.appName(app) + ":deploy";
      case Action.FinishApp(_, int app, var outcome, _) ->
          PlanBuilder.appName(app) + "=" + outcome.word();
      case Action.RunCommand() -> "command";
      case Action.FinishNode(_, var outcome, _) -> "-> " + outcome.word();
      case Action.TerminateInFlight() -> "TERM";
      case Action.KillInFlight() -> "KILL";
      case Action.FinishRun(var result) ->
          result.end().word() + " " + result.codeBeforeHooks() + ", exit " + result.exitCode();
    };
  }

  /** The node's name; {@code run} for what runs once; empty for what is always said by itself. */
  private static String lane(RunPlan plan, Action action) {
    return switch (action) {
      case Action.Connect(int node) -> fqdn(plan, node);
      case Action.RunNodeHook(int node, _, _, _) -> fqdn(plan, node);
      case Action.Deploy(int node) -> fqdn(plan, node);
      case Action.RunAppHook(int node, _, _, _, _) -> fqdn(plan, node);
      case Action.DeployApp(int node, _) -> fqdn(plan, node);
      case Action.FinishApp(int node, _, _, _) -> fqdn(plan, node);
      case Action.FinishNode(int node, _, _) -> fqdn(plan, node);
      case Action.RunGlobalHook _, Action.RunCommand _ -> "run";
      case Action.BeginBatch _,
          Action.TerminateInFlight _,
          Action.KillInFlight _,
          Action.FinishRun _ ->
          "";
    };
  }

  private static String fqdn(RunPlan plan, int node) {
    return plan.nodes().get(node).fqdn();
  }

  private static String brackets(OptionalInt code) {
    return code.isPresent() ? "(" + code.getAsInt() + ")" : "";
  }
}
