package dev.kitchenhooks.console;

import java.time.Duration;
import java.util.Locale;

/** How long something took, in as few characters as a person needs. */
public final class Elapsed {
  private Elapsed() {}

  /** {@code 0.4s}, {@code 12.3s}, {@code 2m05s}, {@code 1h02m}; rounded to what is shown. */
  public static String of(Duration duration) {
    long tenths = (duration.toMillis() + 50) / 100;
    if (tenths < 600) {
      return tenths / 10 + "." + tenths % 10 + "s";
    }
    long seconds = (duration.toMillis() + 500) / 1000;
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    long minutes = (seconds + 30) / 60;
    return String.format(Locale.ROOT, "%dh%02dm", minutes / 60, minutes % 60);
  }

  /** {@code 00:12}, {@code 1:02:03}: a clock that ticks, so that nothing is rounded up. */
  static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long hours = seconds / 3600;
    String rest = String.format(Locale.ROOT, "%02d:%02d", seconds / 60 % 60, seconds % 60);
    return hours == 0 ? rest : hours + ":" + rest;
  }
}
