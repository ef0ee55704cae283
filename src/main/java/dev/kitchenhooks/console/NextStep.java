package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.Rollback;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What to do after a run that did not end well; nothing after one that did. */
final class NextStep {
  /** Orders longer than this are not worth typing again; the run's own are. */
  private static final int LISTED_NODES = 10;

  private NextStep() {}

  /**
   * @param fix how fix is called for the same kitchen, quoted for a shell
   */
  static List<String> of(StoredRun run, String fix) {
    var lines = new ArrayList<String>();
    RunSummary summary = run.summary();
    if (summary.state() == RunSummary.State.RUNNING) {
      return lines;
    }
    boolean refused =
        summary.ending().map(ending -> ending.end() == RunResult.End.REFUSED).orElse(false);
    List<StoredNode> left = run.nodes().stream().filter(NextStep::isLeft).toList();
    if (refused || !left.isEmpty()) {
      if (!isLocked(summary)) {
        unreachable(left).ifPresent(lines::add);
      }
      lines.add("Next: " + goOn(run, fix, left));
    } else if (summary.ending().map(RunSummary.Ending::turnedRed).orElse(false)) {
      lines.add("Next: the nodes are done; mend the hook above and run it again");
    } else if (summary.ending().map(ending -> ending.exitCode() != 0).orElse(true)) {
      lines.add("Next: mend the cause above, then " + command(fix, summary.command()));
    }
    rollback(run, fix).ifPresent(lines::add);
    return lines;
  }

  /** Where the nodes can go back. Of a run that does so by itself, that is told elsewhere. */
  private static Optional<String> rollback(StoredRun run, String fix) {
    RunSummary summary = run.summary();
    boolean well = summary.ending().map(ending -> ending.exitCode() == 0).orElse(false);
    boolean atomic = run.request().map(r -> r.words().contains("--atomic")).orElse(false);
    if (well || atomic || summary.work() != WorkKind.CONVERGE) {
      return Optional.empty();
    }
    Rollback back = Rollback.atOnce(run);
    int changed = back.revisions().size();
    return changed == 0 || !back.problems().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Or: %s takes the %s with a new revision back to the one before"
                .formatted(command(fix, "rollback " + summary.id()), Count.of(changed, "node")));
  }

  private static String goOn(StoredRun run, String fix, List<StoredNode> left) {
    RunSummary summary = run.summary();
    boolean mend =
        summary.ending().map(ending -> ending.end() != RunResult.End.INTERRUPTED).orElse(false);
    String first = mend ? "mend the cause above, then " : "go on with ";
    if (isLocked(summary)) {
      first = "when the other run has ended, ";
    }
    boolean all = left.size() >= summary.planned();
    boolean repeatable = run.request().map(r -> !r.words().isEmpty()).orElse(false);
    if (!all && repeatable) {
      return first + command(fix, "rerun " + summary.id());
    }
    if (all || left.size() > LISTED_NODES || !isOnlyOrders(summary)) {
      return first + command(fix, summary.command());
    }
    List<String> names = left.stream().map(StoredNode::fqdn).toList();
    return first + command(fix, ShellWords.quote("node:" + String.join(",", names)));
  }

  /** Whether nothing was in the way but another run. */
  private static boolean isLocked(RunSummary summary) {
    return summary.work() != WorkKind.COMMAND_ONCE
        && summary
            .ending()
            .map(ending -> ending.codeBeforeHooks() == ExitCode.LOCKED.code())
            .orElse(false);
  }

  /** Whether other orders can stand in place of the command without any of it being lost. */
  private static boolean isOnlyOrders(RunSummary summary) {
    return summary.work() == WorkKind.CONVERGE
        && Stream.of(summary.command().split(" ")).noneMatch(NextStep::saysHow);
  }

  /** Whether a word says something else than which nodes. */
  private static boolean saysHow(String word) {
    return word.startsWith("-") || word.startsWith("recipe:") || word.startsWith("role:");
  }

  private static String command(String fix, String words) {
    return PlainText.of(fix + " " + words);
  }

  private static Optional<String> unreachable(List<StoredNode> left) {
    return left.stream()
        .filter(node -> node.end().map(e -> e.outcome() == Outcome.UNREACHABLE).orElse(false))
        .findFirst()
        .map(node ->
            "Unreachable: none of its hooks ran; \"ssh %s\" shows whether it answers now"
                .formatted(PlainText.of(ShellWords.quote(node.fqdn()))));
  }

  private static boolean isLeft(StoredNode node) {
    return node.end().isEmpty()
        || switch (node.end().get().outcome()) {
          case FAILED, SKIPPED, UNREACHABLE, NOT_STARTED, INTERRUPTED -> true;
          case DEPLOYED, SOFT_SKIPPED, DUMMY -> false;
        };
  }
}
