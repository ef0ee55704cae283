package dev.kitchenhooks.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A point on the monotonic clock; one 292 years away stands for never. */
record Deadline(long startNanos, long lengthNanos) {

  static Deadline in(Duration length) {
    // Saturates, where Duration.toNanos() throws.
    return new Deadline(System.nanoTime(), TimeUnit.NANOSECONDS.convert(length));
  }

  static Deadline in(Optional<Duration> length) {
    return length.map(Deadline::in).orElseGet(() -> new Deadline(0, Long.MAX_VALUE));
  }

  /** Whichever comes first. */
  Deadline or(Deadline other) {
    return remainingNanos() <= other.remainingNanos() ? this : other;
  }

  /** Zero or less once it has passed. */
  long remainingNanos() {
    return lengthNanos == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : lengthNanos - (System.nanoTime() - startNanos);
  }

  boolean passed() {
    return remainingNanos() <= 0;
  }
}
