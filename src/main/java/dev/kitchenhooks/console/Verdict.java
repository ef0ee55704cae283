package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredHook;
import dev.kitchenhooks.history.StoredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rule of {@code docs/hooks.md} decided how a run ended, where it did not simply end well.
 */
final class Verdict {
  private Verdict() {}

  static List<String> of(StoredRun run, Style style) {
    var lines = new ArrayList<String>();
    RunSummary summary = run.summary();
    if (summary.state() == RunSummary.State.DIED) {
      lines.add(
          style.red("Died:")
              + " its process (pid %d) ended before the run did; what had begun may be half done"
                  .formatted(summary.pid()));
    }
    summary.ending().ifPresent(ending -> ended(lines, run, ending, style));
    if (run.lostEvents() > 0) {
      lines.add(
          style.red("Incomplete:")
              + " %s could not be written to the history"
                  .formatted(Count.of(run.lostEvents(), "event")));
    }
    return lines;
  }

  private static void ended(
      List<String> lines, StoredRun run, RunSummary.Ending ending, Style style) {
    switch (ending.end()) {
      case FINISHED -> finished(lines, run, ending, style);
      case REFUSED ->
          lines.add(
              style.red("Refused:")
                  + " %s failed, so no node was touched (rule 1)"
                      .formatted(culprit(run, "global_pre", "a global pre hook")));
      case ABORTED ->
          lines.add(
              style.red("Aborted:")
                  + " %s failed, so no further node was started (rule 5)"
                      .formatted(culprit(run, "node_post", "a node post hook")));
      case INTERRUPTED -> lines.add(style.red("Interrupted") + interrupted(run.stops()));
    }
  }

  private static void finished(
      List<String> lines, StoredRun run, RunSummary.Ending ending, Style style) {
    int left = run.summary().tally().notStarted();
    if (left > 0) {
      int lost = run.summary().tally().failed() + run.summary().tally().unreachable();
      lines.add(
          style.yellow("Stopped early:")
              + " %s failed or unreachable%s, so %d more %s not started (rule 6); --keep-going goes on"
                  .formatted(
                      Count.of(lost, "node"), inBatch(run), left, left == 1 ? "was" : "were"));
    }
    if (ending.turnedGreen()) {
      lines.add(
          style.yellow("Turned green:")
              + " the run's own code was %d; its global post hooks made that 0 (rule 8)"
                  .formatted(ending.codeBeforeHooks()));
    }
    if (ending.turnedRed()) {
      lines.add(
          style.red("Turned red:")
              + " the run's own code was 0; %s made that %d (rule 8)"
                  .formatted(culprit(run, "global_post", "a global post hook"), ending.exitCode()));
    }
  }

  private static String inBatch(StoredRun run) {
    return run.batches().divided()
        ? " by batch %d of %d".formatted(run.batchesBegun(), run.batches().count())
        : "";
  }

  /** The first required hook of a kind that failed. */
  private static String culprit(StoredRun run, String kind, String otherwise) {
    Optional<StoredHook> hook =
        run.lastAttempts().stream()
            .filter(h -> h.type().startsWith(kind) && h.required() && Failures.isFailure(h))
            .findFirst();
    return hook.map(h ->
            "hook %s".formatted(PlainText.of(h.name()))
                + h.node().map(node -> " on " + PlainText.of(node)).orElse(""))
        .orElse(otherwise);
  }

  private static String interrupted(List<StoredRun.StoredStop> stops) {
    if (stops.isEmpty()) {
      return "";
    }
    String signal = " by " + stops.getFirst().signal();
    boolean killed = stops.stream().anyMatch(StoredRun.StoredStop::kill);
    return killed ? signal + "; a second signal killed what was still running" : signal;
  }
}
