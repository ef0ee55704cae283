package dev.kitchenhooks.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes run ids: {@code 20261122-101512-3f9a}, UTC, so that ids sort by time wherever they were
 * made.
 */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunIds() {}

  public static String next(Instant now) {
    return "%s-%04x".formatted(TIME.format(now), RANDOM.nextInt(0x10000));
  }
}
