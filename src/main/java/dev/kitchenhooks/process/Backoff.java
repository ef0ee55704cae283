package dev.kitchenhooks.process;

import java.time.Duration;

/**
 * Growing pauses, 1 to 128 ms: for the end of processes that are not our children, of which nobody
 * tells us.
 */
final class Backoff {
  private static final long MAX_MILLIS = 128;

  private long millis = 1;

  Duration next() {
    Duration pause = Duration.ofMillis(millis);
    millis = Math.min(2 * millis, MAX_MILLIS);
    return pause;
  }
}
