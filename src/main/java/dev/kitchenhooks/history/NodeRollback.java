package dev.kitchenhooks.history;

import dev.kitchenhooks.run.Revisions;
import java.util.List;
import java.util.Optional;

/** What rolling a run back means for one of its nodes. */
sealed interface NodeRollback {
  /** It goes back to this revision. */
  record To(String revision) implements NodeRollback {}

  /** There is nothing to go back from. */
  record Left(String why) implements NodeRollback {}

  /** It was deployed, and there is no way back, or none that is known to be right. */
  record Impossible(String why, String hint) implements NodeRollback {}

  /** What can always be done instead. */
  String OTHERWISE = "check out the kitchen as it was, and deploy that; --limit leaves a node out";

  /**
   * @param id of the run
   * @param lostEvents of the run
   * @param later its deploys since the run, the earliest first
   * @param force whether it goes back also from what other runs have deployed since
   */
  static NodeRollback of(
      String id, int lostEvents, StoredNode node, List<LaterDeploy> later, boolean force) {
    if (node.deploy().isEmpty()) {
      return notDeployed(id, lostEvents, node);
    }
    Revisions of = node.deploy().get().revisions();
    if (of.before().isEmpty()) {
      return new Impossible(
          of.after().isPresent()
              ? "it has no earlier revision: run %s deployed it for the first time".formatted(id)
              : "it is not known which revision it had before run " + id,
          OTHERWISE);
    }
    if (of.before().equals(of.after())) {
      return new Left("run %s has not changed their revision".formatted(id));
    }
    return deployed(id, of, later, force);
  }

  private static NodeRollback notDeployed(String id, int lostEvents, StoredNode node) {
    boolean unknown = node.end().isEmpty() && node.startedAt().isPresent();
    if (unknown || lostEvents > 0) {
      return new Impossible(
          "it is not recorded how far run %s got with it".formatted(id), OTHERWISE);
    }
    return new Left("run %s has not deployed them".formatted(id));
  }

  private static NodeRollback deployed(
      String id, Revisions of, List<LaterDeploy> later, boolean force) {
    String target = of.before().orElseThrow();
    if (!later.isEmpty() && isDone(later.getLast(), id, target)) {
      return new Left("run %s has rolled them back already".formatted(later.getLast().run()));
    }
    if (isGone(target, of, later)) {
      return new Impossible(
          "revision %s, which it had before run %s, is no longer on it: the last two stay"
              .formatted(target, id),
          OTHERWISE);
    }
    // Whoever repeats a rollback that failed goes on with it.
    boolean other = !later.isEmpty() && !rollsBack(later.getLast(), id);
    if (other && !force) {
      return new Impossible(
          "run %s has deployed it again since run %s".formatted(later.getLast().run(), id),
          "fix rollback %s goes back from there; --force from both; --limit leaves a node out"
              .formatted(later.getLast().run()));
    }
    return new To(target);
  }

  private static boolean rollsBack(LaterDeploy deploy, String id) {
    return deploy.rollsBack().equals(Optional.of(id));
  }

  private static boolean isDone(LaterDeploy last, String id, String target) {
    return rollsBack(last, id)
        && last.exitCode().orElse(1) == 0
        && last.revisions().after().equals(Optional.of(target));
  }

  /** Whether other revisions have taken its place for certain. */
  private static boolean isGone(String target, Revisions of, List<LaterDeploy> later) {
    // The two that lie there, as far as they are known: else the node itself has to tell.
    Revisions kept = of;
    for (LaterDeploy deploy : later) {
      Revisions then = deploy.revisions();
      // Where nothing has changed, the one before stays what it was, if nobody else was there.
      boolean same = then.before().equals(then.after()) && then.before().equals(kept.after());
      boolean changed = then.before().isPresent() && !then.before().equals(then.after());
      if (!same) {
        kept = changed ? then : Revisions.UNKNOWN;
      }
    }
    return kept.after().isPresent()
        && kept.before().isPresent()
        && !kept.before().get().equals(target)
        && !kept.after().get().equals(target);
  }
}
