package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.RunCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The contract's rules as tables. The oracle decides nothing by itself: it looks up here. */
final class RuleTables {
  private RuleTables() {}

  /** Rule 3: what becomes of a node when a pre hook of it ended. */
  private static final Table NODE_PRE_HOOK =
      Table.of(
          """
          exit code | required     | optional
          0         | next         | next
          75        | soft-skipped | soft-skipped
          other     | skipped      | next
          """);

  /**
   * Rules 4, 5, 7 and 10: whether a post hook runs. "stopped" is an abort by the same node (for a
   * node's hooks) or of the run (for global ones), or an interrupt.
   */
  private static final Table POST_HOOK =
      Table.of(
          """
          condition | code 0 | another code | stopped
          FINISHED  | runs   | runs         | -
          PASS      | runs   | -            | -
          FAIL      | -      | runs         | runs
          ALWAYS    | runs   | runs         | runs
          """);

  /** Rules 1, 5, 7, 8 and 10: what ends a run, by what came first. */
  private static final Table RUN =
      Table.of(
          """
          came first                | end         | code | exit code | global post hooks
          a global pre hook failed  | REFUSED     | 3    | 3         | none
          a node post hook failed   | ABORTED     | 4    | 4         | as stopped
          SIGINT                    | INTERRUPTED | 130  | 130       | as stopped
          SIGTERM                   | INTERRUPTED | 143  | 143       | as stopped
          nothing                   | FINISHED    | run  | rule 8    | by code
          """);

  /** The run code of a run that finished by itself: the first line that is true. */
  private static final Table FINISHED_CODE =
      Table.of(
          """
          true of some node     | code
          only locked           | 6
          failed or unreachable | 1
          skipped               | 5
          none of these         | 0
          """);

  /** Rule 8, for a run that finished by itself: the first line that is true. */
  private static final Table FINISHED_EXIT =
      Table.of(
          """
          global post hooks that ran      | exit code
          a required one failed           | its code, the first such
          a required one, and none failed | 0
          no required one                 | the run's code
          """);

  /** The outcome that ends a node's turn, or {@code next}. */
  static String nodePreHook(int exitCode, boolean required) {
    String row = exitCode == 0 || exitCode == 75 ? Integer.toString(exitCode) : "other";
    return NODE_PRE_HOOK.cell(row, required ? "required" : "optional");
  }

  /**
   * Rule 3 for hooks that ran together: the first in this list that one of them came to; empty
   * where the node's turn goes on. What one came to before a signal stays what it is.
   */
  static Optional<String> worstOfNodePreHooks(List<String> verdicts) {
    return Stream.of("skipped", "soft-skipped", "interrupted")
        .filter(verdicts::contains)
        .findFirst();
  }

  static boolean postHookRuns(RunCondition condition, int code, boolean stopped) {
    String column = stopped ? "stopped" : code == 0 ? "code 0" : "another code";
    return POST_HOOK.cell(condition.name(), column).equals("runs");
  }

  static RunResult.End end(String cause) {
    return RunResult.End.valueOf(RUN.cell(cause, "end"));
  }

  /**
   * @param locked how many of the unreachable ones only another run was in the way of
   * @param appsSkipped whether a node was deployed without one of its applications
   */
  static int code(String cause, Tally tally, int locked, boolean appsSkipped) {
    String cell = RUN.cell(cause, "code");
    if (!cell.equals("run")) {
      return Integer.parseInt(cell);
    }
    int spoiled = tally.failed() + tally.unreachable();
    String row = tally.skipped() > 0 || appsSkipped ? "skipped" : "none of these";
    if (spoiled > 0) {
      row = spoiled == locked ? "only locked" : "failed or unreachable";
    }
    return Integer.parseInt(FINISHED_CODE.cell(row, "code"));
  }

  /** {@code none}, {@code as stopped} or {@code by code}. */
  static String globalPostHooks(String cause) {
    return RUN.cell(cause, "global post hooks");
  }

  /**
   * What {@code fix} exits with.
   *
   * @param required the exit codes of the required global post hooks that ran, in order
   */
  static int exitCode(String cause, int runCode, List<Integer> required) {
    String cell = RUN.cell(cause, "exit code");
    if (!cell.equals("rule 8")) {
      return Integer.parseInt(cell);
    }
    int firstFailure = required.stream().filter(c -> c != 0).findFirst().orElse(0);
    String row =
        firstFailure != 0
            ? "a required one failed"
            : required.isEmpty() ? "no required one" : "a required one, and none failed";
    return switch (FINISHED_EXIT.cell(row, "exit code")) {
      case "0" -> 0;
      case "the run's code" -> runCode;
      default -> firstFailure;
    };
  }

  /** Cells by the first column's word and the heading's. */
  private record Table(Map<String, Map<String, String>> rows) {
    static Table of(String text) {
      List<String[]> lines = text.lines().map(line -> line.strip().split("\\s*\\|\\s*")).toList();
      Map<String, Map<String, String>> rows = new HashMap<>();
      for (String[] line : lines.subList(1, lines.size())) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 1; i < line.length; i++) {
          cells.put(lines.getFirst()[i], line[i]);
        }
        rows.put(line[0], cells);
      }
      return new Table(rows);
    }

    String cell(String row, String column) {
      Map<String, String> cells = rows.get(row);
      String cell = cells == null ? null : cells.get(column);
      if (cell == null) {
        throw new IllegalArgumentException("the table has no cell " + row + " / " + column);
      }
      return cell;
    }
  }
}
