package dev.kitchenhooks.history;

import dev.kitchenhooks.rules.StopSignal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is recorded of one run.
 *
 * @param summary the run as a whole
 * @param nodes in run order, then the dummies
 * @param hooks every execution, in the order of their start
 * @param skipped hooks that a flag left out
 * @param command the command that was run once a run, if there was one
 * @param stops the signals that arrived
 * @param lostEvents how many events could not be written, e.g. because the disk was full
 */
public record StoredRun(
    RunSummary summary,
    List<StoredNode> nodes,
    List<StoredHook> hooks,
    List<StoredSkip> skipped,
    Optional<StoredCommand> command,
    List<StoredStop> stops,
    int lostEvents) {

  /**
   * A hook that would have run, had a flag not left it out.
   *
   * @param reason the flag
   */
  public record StoredSkip(String name, String type, String reason) {}

  /**
   * @param end how it ended; empty while it runs, or if the run died
   */
  public record StoredCommand(List<String> argv, Instant startedAt, Optional<WorkEnd> end) {
    StoredCommand ended(WorkEnd how) {
      return new StoredCommand(argv, startedAt, Optional.of(how));
    }
  }

  /**
   * @param kill whether what was in flight was killed, not only told to stop
   */
  public record StoredStop(Instant at, StopSignal signal, boolean kill) {}
}
