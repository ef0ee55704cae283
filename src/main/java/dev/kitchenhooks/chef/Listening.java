package dev.kitchenhooks.chef;

import java.time.Duration;

/**
 * How the two ends of a connection know of each other, where nothing says that one is gone: this
 * end is heard every {@code interval}, and the node gives it up after {@code silence} without, or
 * at most twice that.
 */
record Listening(Duration interval, Duration silence) {
  static final Listening USUAL = new Listening(Duration.ofSeconds(10), Duration.ofSeconds(35));

  String silenceSeconds() {
    return Long.toString(silence.toSeconds());
  }
}
