package dev.kitchenhooks.json;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 250ms}.
 * Hours, minutes, seconds and milliseconds, in that order, each at most once.
 */
public final class Durations {
  private static final String NUMBER = "([0-9]{1,9})";
  private static final Pattern FORM =
      Pattern.compile("(?:%1$sh)?(?:%1$sm)?(?:%1$ss)?(?:%1$sms)?".formatted(NUMBER));

  private Durations() {}

  /**
   * The duration, or empty where the text is none. Zero is one; negative ones cannot be written.
   */
  public static Optional<Duration> parse(String text) {
    Matcher m = FORM.matcher(text);
    if (text.isEmpty() || !m.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(part(m, 1))
            .plusMinutes(part(m, 2))
            .plusSeconds(part(m, 3))
            .plusMillis(part(m, 4)));
  }

  private static long part(Matcher m, int group) {
    String digits = m.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The shortest text that {@link #parse} reads as this duration; less than 1 ms is cut off. */
  public static String format(Duration duration) {
    if (duration.toMillis() == 0) {
      return "0s";
    }
    var text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }
}
