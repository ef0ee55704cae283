package dev.kitchenhooks.hook;

import java.time.Duration;

/**
 * How often a failing hook is tried again.
 *
 * @param attempts at most so many, the first included
 * @param delay between the end of one attempt and the start of the next
 * @param within no attempt starts later than this after the start of the first
 */
public record Retries(int attempts, Duration delay, Duration within) {
  /** One attempt, whatever it comes to. */
  public static final Retries NONE = new Retries(1, Duration.ofSeconds(5), Duration.ofMinutes(10));
}
