package dev.kitchenhooks.history;

import dev.kitchenhooks.run.Revisions;
import java.time.Duration;
import java.util.List;

/**
 * How a deploy, or the command that is run once a run, ended.
 *
 * @param exitCode its own
 * @param detail for people where the code says too little; else empty
 * @param took wall time
 * @param tail the last lines of its output
 * @param revisions of what a deploy deploys; none of the command
 */
public record WorkEnd(
    int exitCode, String detail, Duration took, List<String> tail, Revisions revisions) {

  /** Of something that has no revisions. */
  WorkEnd(int exitCode, String detail, Duration took, List<String> tail) {
    this(exitCode, detail, took, tail, Revisions.UNKNOWN);
  }
}
