package dev.kitchenhooks.history;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.rules.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What rolling a run back comes to, as far as its record can tell. What cannot be told is a
 * problem, never a guess.
 *
 * @param run the run that is rolled back
 * @param revisions what each node goes back to, by FQDN, in the reverse order of the run
 * @param left nodes that are left as they are, by why
 * @param problems why nodes that the run did deploy cannot be rolled back, each naming its node
 */
public record Rollback(
    String run,
    SequencedMap<String, String> revisions,
    SequencedMap<String, List<String>> left,
    List<Problem> problems) {

  /**
   * @param run that has ended, and deployed
   * @param later the deploys of its nodes since then, the earliest first
   * @param meant which of its nodes are meant
   * @param force whether nodes are meant, too, that another run has deployed since
   */
  static Rollback of(
      StoredRun run, List<LaterDeploy> later, Predicate<String> meant, boolean force) {
    Map<String, List<LaterDeploy>> laterOf = new LinkedHashMap<>();
    for (LaterDeploy deploy : later) {
      laterOf.computeIfAbsent(deploy.fqdn(), _ -> new ArrayList<>()).add(deploy);
    }
    var collected =
        new Rollback(
            run.summary().id(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (StoredNode node : run.nodes().reversed()) {
      if (meant.test(node.fqdn()) && !isDummy(node)) {
        collected.add(
            node.fqdn(),
            NodeRollback.of(
                run.summary().id(),
                run.lostEvents(),
                node,
                laterOf.getOrDefault(node.fqdn(), List.of()),
                force));
      }
    }
    return collected;
  }

  private static boolean isDummy(StoredNode node) {
    return node.end().map(end -> end.outcome() == Outcome.DUMMY).orElse(false);
  }

  /**
   * @throws FixException if it is a run that has put no revision on its nodes, or is still at it
   */
  static void requirePossible(RunSummary run) {
    switch (run.work()) {
      case CONVERGE, ROLLBACK -> {}
      case WHY_RUN -> throw nothing(run, "it was a why-run");
      case APP_DEPLOY, APP_UNDEPLOY, SSH, PLUGIN, DEPLOY_CHEF, COMMAND_PER_NODE, COMMAND_ONCE ->
          throw nothing(run, "it ran something else than a deploy");
    }
    if (run.state() == RunSummary.State.RUNNING) {
      throw FixException.invalid(
          "run %s is still under way (pid %d)".formatted(run.id(), run.pid()),
          "wait for its end, or interrupt it");
    }
  }

  private static FixException nothing(RunSummary run, String why) {
    return FixException.invalid(
        "run %s cannot be rolled back: %s".formatted(run.id(), why),
        "fix history lists the runs; without one, fix rollback takes the last that deployed");
  }

  /** Of a run that has just ended, and whose nodes nobody else has touched since. */
  public static Rollback atOnce(StoredRun run) {
    return of(run, List.of(), _ -> true, false);
  }

  private void add(String fqdn, NodeRollback what) {
    switch (what) {
      case NodeRollback.To(String revision) -> revisions.put(fqdn, revision);
      case NodeRollback.Left(String why) ->
          left.computeIfAbsent(why, _ -> new ArrayList<>()).add(fqdn);
      case NodeRollback.Impossible(String why, String hint) ->
          problems.add(new Problem(Problem.Severity.ERROR, null, 0, 0, fqdn + ": " + why, hint));
    }
  }
}
