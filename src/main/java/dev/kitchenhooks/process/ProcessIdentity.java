package dev.kitchenhooks.process;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells one process from all others on this machine, also from a later one with the same pid.
 *
 * @param pid its number
 * @param start when it started, milliseconds since the epoch; empty where the system does not say
 */
public record ProcessIdentity(long pid, OptionalLong start) {
  /**
   * The system counts a start from its boot, whose own time shifts a little as the clock is
   * corrected. No pid comes round again so fast.
   */
  private static final long CLOCK_SLACK_MS = 2_000;

  /** That of the process which has this number now. */
  public static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, startOf(pid));
  }

  /** Whether this very process is still there. */
  public boolean isAlive() {
    if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
      return false;
    }
    OptionalLong now = startOf(pid);
    return start.isEmpty()
        || now.isEmpty()
        || Math.abs(now.getAsLong() - start.getAsLong()) <= CLOCK_SLACK_MS;
  }

  private static OptionalLong startOf(long pid) {
    Optional<Instant> start = ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
    return start.isPresent() ? OptionalLong.of(start.get().toEpochMilli()) : OptionalLong.empty();
  }
}
