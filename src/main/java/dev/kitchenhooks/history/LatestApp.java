package dev.kitchenhooks.history;

import dev.kitchenhooks.rules.Outcome;
import java.time.Instant;

/**
 * What was done last with an application of a node.
 *
 * @param runId the run that did it
 * @param app what it came to
 * @param takenAway whether it was taken away, rather than deployed
 * @param at when it ended; where it has not, when it began
 */
public record LatestApp(String runId, StoredApp app, boolean takenAway, Instant at) {
  /** As that of a node; a run that died has left it somewhere in between. */
  public Outcome outcome() {
    return app.end().map(StoredApp.End::outcome).orElse(Outcome.INTERRUPTED);
  }

  /** The outcome, or that there is none yet. */
  public String word() {
    return app.end().isPresent() ? outcome().word() : "unfinished";
  }
}
