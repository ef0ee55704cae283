package dev.kitchenhooks.container;

import dev.kitchenhooks.process.LineSink;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a line that is the only one of an output: where the init in a container cannot start the
 * program, it says so there and nowhere else.
 */
final class FirstLine implements LineSink {
  private static final List<Pattern> REFUSALS =
      List.of(
          Pattern.compile("\\[FATAL tini \\(\\d+\\)\\] exec (.*) failed: (.*)"),
          Pattern.compile("ERROR \\(catatonit:\\d+\\): failed to exec (pid1): (.*)"));

  private @Nullable String only;
  private boolean more;

  @Override
  public synchronized void line(String line) {
    more = only != null;
    only = only == null ? line : only;
  }

  /** Empty where there was none. */
  synchronized String text() {
    String line = only;
    return line == null ? "" : line;
  }

  /** The system's words for why the program was not started; empty where it was. */
  synchronized Optional<String> refusal(int exitCode) {
    String line = only;
    if (line == null || more || (exitCode != 126 && exitCode != 127)) {
      return Optional.empty();
    }
    return REFUSALS.stream()
        .map(pattern -> pattern.matcher(line))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1) + ": " + matcher.group(2))
        .findFirst();
  }
}
