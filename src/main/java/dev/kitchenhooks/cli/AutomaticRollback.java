package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.Rollback;
import dev.kitchenhooks.history.RunFold;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.history.WorkEnd;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlanRequest;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.Planner;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.RunIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code --atomic} does after a run: where that failed, the nodes whose revision it has
 * changed go back, in a run of its own, under the same locks.
 *
 * @param options of the run
 * @param planRequest what the run's plan was made from: the hooks that were checked then are those
 *     that run now
 */
record AutomaticRollback(RunOptions options, PlanRequest planRequest) {

  /** The hooks that may run: checked before the run, as it is too late after it. */
  Stream<PlannedHook> hooks() {
    List<NodeFacts> nodes = planRequest.selected().stream().filter(node -> !node.dummy()).toList();
    return plan(new Work.Rollback("", Map.of(), false, manner()), "", nodes).hooks();
  }

  /**
   * Rolls back, if the run calls for it.
   *
   * @param run as it ended
   */
  void after(StoredRun run, RunResult result, RunExecution execution) {
    if (result.exitCode() == 0 || result.end() == RunResult.End.REFUSED) {
      return;
    }
    Rollback back = Rollback.atOnce(run);
    if (result.end() == RunResult.End.INTERRUPTED) {
      if (!back.revisions().isEmpty()) {
        say(
            execution,
            "Not rolled back, since the run was interrupted. %s rollback %s takes its nodes back"
                .formatted(execution.shell().fixCommand(), back.run()));
      }
      return;
    }
    for (Problem problem : back.problems()) {
      say(execution, "Cannot be rolled back: " + problem.message());
    }
    if (back.revisions().isEmpty()) {
      say(
          execution,
          "Nothing is rolled back: the run has put no new revision in an old one's place.");
      return;
    }
    say(
        execution,
        "Rolling back what run %s has changed: %s"
            .formatted(back.run(), RollbackText.names(List.copyOf(back.revisions().keySet()))));
    var fold = new RunFold();
    Instant started = execution.clock().instant();
    var work = new Work.Rollback(back.run(), back.revisions(), false, manner());
    List<String> words = RunRequest.words(work, options.ofRollback());
    var asked = new StoredRequest(words, execution.shell().around().directory(), Optional.empty());
    execution.carryOut(plan(work, words), asked, RunIds.next(started), started, List.of(fold));
    states(back, fold.run()).forEach(line -> say(execution, line));
  }

  private static void say(RunExecution execution, String line) {
    execution.shell().around().err().println(line);
  }

  private Work.Manner manner() {
    return planRequest.work() instanceof Work.Converge(var _, Work.Manner manner)
        ? manner
        : Work.Manner.USUAL;
  }

  private RunPlan plan(Work.Rollback work, List<String> words) {
    Map<String, NodeFacts> facts = new HashMap<>();
    planRequest.selected().forEach(node -> facts.put(node.fqdn(), node));
    List<NodeFacts> nodes =
        work.revisions().keySet().stream()
            .flatMap(fqdn -> Optional.ofNullable(facts.get(fqdn)).stream())
            .toList();
    return plan(work, ShellWords.join(words), nodes);
  }

  private RunPlan plan(Work.Rollback work, String words, List<NodeFacts> nodes) {
    return Planner.plan(
        new PlanRequest(
            words,
            HookType.ROLLBACK,
            work,
            // Whatever cannot go back is no reason for the others to stay.
            new Limits(planRequest.limits().concurrency(), Integer.MAX_VALUE),
            nodes,
            Map.of(),
            planRequest.definitions(),
            planRequest.skip()));
  }

  /** Which node is in which state after a rollback; empty where all are back. */
  static List<String> states(Rollback back, StoredRun rollback) {
    Map<State, List<String>> nodes = new EnumMap<>(State.class);
    for (StoredNode node : rollback.nodes()) {
      String target = back.revisions().getOrDefault(node.fqdn(), "");
      nodes.computeIfAbsent(State.of(node, target), _ -> new ArrayList<>()).add(node.fqdn());
    }
    if (nodes.keySet().equals(Set.of(State.BACK))) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    nodes.forEach(
        (state, fqdns) -> lines.add("%s: %s".formatted(state.words, RollbackText.names(fqdns))));
    return lines;
  }

  /** Of a node after a rollback. */
  private enum State {
    BACK("Rolled back"),
    NOT_CONVERGED("With the earlier revision, but its converge has failed"),
    NOT_KNOWN("With the one or the other, as the connection was lost"),
    STILL("Not rolled back");

    private final String words;

    State(String words) {
      this.words = words;
    }

    static State of(StoredNode node, String target) {
      Optional<WorkEnd> deploy = node.deploy();
      if (deploy.isEmpty()) {
        return node.end().isEmpty() && node.startedAt().isPresent() ? NOT_KNOWN : STILL;
      }
      Optional<String> after = deploy.get().revisions().after();
      if (after.isEmpty()) {
        return NOT_KNOWN;
      }
      if (!after.get().equals(target)) {
        return STILL;
      }
      return deploy.get().exitCode() == 0 ? BACK : NOT_CONVERGED;
    }
  }
}
