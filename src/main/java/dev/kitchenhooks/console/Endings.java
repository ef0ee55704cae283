package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.ExitText;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.Tally;
import java.util.ArrayList;
import java.util.List;

/** How things ended, in words. */
final class Endings {
  private Endings() {}

  /** {@code exit 1}, {@code exit 124, timed out after 30s}. */
  static String of(ProcessResult result) {
    return of(result.exitCode(), result.detail());
  }

  /**
   * @param detail says more than the code, or is empty
   */
  static String of(int exitCode, String detail) {
    return detail.isEmpty()
        ? ExitText.of(exitCode)
        : "exit " + exitCode + ", " + PlainText.of(detail);
  }

  static boolean isNotNow(String type, int exitCode) {
    return exitCode == Outcome.NOT_NOW && type.startsWith("node_pre");
  }

  /** {@code 2 deployed, 1 skipped}; {@code nothing finished}. */
  static String of(Tally tally) {
    var parts = new ArrayList<String>();
    add(parts, tally.deployed(), Outcome.DEPLOYED);
    add(parts, tally.failed(), Outcome.FAILED);
    add(parts, tally.skipped(), Outcome.SKIPPED);
    add(parts, tally.softSkipped(), Outcome.SOFT_SKIPPED);
    add(parts, tally.unreachable(), Outcome.UNREACHABLE);
    add(parts, tally.interrupted(), Outcome.INTERRUPTED);
    add(parts, tally.notStarted(), Outcome.NOT_STARTED);
    return parts.isEmpty() ? "nothing finished" : String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, Outcome outcome) {
    if (count > 0) {
      parts.add(count + " " + outcome.word());
    }
  }
}
