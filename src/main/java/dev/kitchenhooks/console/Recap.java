package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.rules.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a run: its nodes, what failed, which rule decided, and what to do next. The same
 * for a run that has just ended and for one out of the history.
 */
final class Recap {
  /** More nodes than this are not all listed at the end of a run. */
  private static final int LISTED_NODES = 50;

  private Recap() {}

  /** How much is said. */
  enum Extent {
    /** At the end of a run: what matters of a big one. */
    BRIEF,
    /** {@code fix status}: everything. */
    FULL
  }

  /**
   * @param fix how fix is called for the same kitchen, quoted for a shell
   */
  static List<String> of(StoredRun run, String fix, Style style, Extent extent) {
    var lines = new ArrayList<>(nodes(run, style, extent));
    lines.addAll(Failures.of(run, fix, style, extent));
    List<String> verdict = Verdict.of(run, style);
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.addAll(verdict);
    lines.add(lastLine(run.summary(), style));
    lines.addAll(NextStep.of(run, fix));
    return lines;
  }

  private static List<String> nodes(StoredRun run, Style style, Extent extent) {
    boolean all = extent == Extent.FULL || run.nodes().size() <= LISTED_NODES;
    var table = new Table(Table.Align.LEFT, Table.Align.LEFT, Table.Align.RIGHT, Table.Align.LEFT);
    Map<Outcome, Integer> left = new EnumMap<>(Outcome.class);
    for (StoredNode node : run.nodes()) {
      if (all || isWorthARow(node)) {
        row(table, node, style);
      } else {
        node.end().ifPresent(end -> left.merge(end.outcome(), 1, Integer::sum));
      }
    }
    var lines = new ArrayList<>(table.lines());
    if (!left.isEmpty()) {
      List<String> counts =
          left.entrySet().stream().map(e -> e.getValue() + " " + e.getKey().word()).toList();
      lines.add("Not listed: " + String.join(", ", counts));
    }
    return lines;
  }

  private static boolean isWorthARow(StoredNode node) {
    return node.end().isEmpty()
        || switch (node.end().get().outcome()) {
          case DEPLOYED, DUMMY, NOT_STARTED -> false;
          case FAILED, SKIPPED, SOFT_SKIPPED, UNREACHABLE, INTERRUPTED -> true;
        };
  }

  private static void row(Table table, StoredNode node, Style style) {
    Table.Cell name = Table.Cell.of(PlainText.of(node.fqdn()));
    if (node.end().isEmpty()) {
      String word = node.startedAt().isPresent() ? "unfinished" : "-";
      table.row(name, Table.Cell.of(word), Table.Cell.of(""), Table.Cell.of(""));
      return;
    }
    StoredNode.End end = node.end().get();
    boolean ran = node.startedAt().isPresent();
    table.row(
        name,
        new Table.Cell(end.outcome().word(), word -> style.outcome(end.outcome(), word)),
        Table.Cell.of(ran ? Elapsed.of(end.took()) : ""),
        Table.Cell.of(why(node, end)));
  }

  private static String why(StoredNode node, StoredNode.End end) {
    String detail = node.deploy().map(deploy -> deploy.detail()).orElse("");
    boolean more = end.outcome() == Outcome.FAILED && !detail.isEmpty();
    String why =
        more && !end.reason().contains(detail) ? end.reason() + ": " + detail : end.reason();
    return PlainText.of(why);
  }

  private static String lastLine(RunSummary run, Style style) {
    String counts = run.planned() == 0 ? "no nodes" : Endings.of(run.tally());
    String name = style.bold("Run " + run.id()) + ": " + counts;
    return switch (run.state()) {
      case ENDED -> {
        RunSummary.Ending ending = run.ending().orElseThrow();
        String exit = "exit " + ending.exitCode();
        yield "%s in %s; %s"
            .formatted(
                name,
                Elapsed.of(ending.took()),
                ending.exitCode() == 0 ? style.green(exit) : style.red(exit));
      }
      case RUNNING -> name + " so far; still running";
      case DIED -> name + "; " + style.red("died");
    };
  }
}
