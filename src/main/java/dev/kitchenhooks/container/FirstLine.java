package dev.kitchenhooks.container;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.ProcessResult.End;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an output is one line only: where the init in a container cannot start the program,
 * it says so there and nowhere else. Docker's is tini, podman's is catatonit.
 */
final class FirstLine implements LineSink {
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?:\\[FATAL tini \\(\\d+\\)\\] exec (?<program>.*) failed"
              + "|ERROR \\(catatonit:\\d+\\): failed to exec pid1): (?<why>.*)");
  private static final String NOT_FOUND = "No such file or directory";

  private @Nullable String only;
  private String last = "";
  private boolean more;

  @Override
  public synchronized void line(String line) {
    more = only != null;
    only = only == null ? line : only;
    last = line;
  }

  /** The last of all lines. */
  synchronized String last() {
    return last;
  }

  /** What the init said of a program that it could not start; empty where it did. */
  synchronized Optional<ProcessResult> refusal(int exitCode, Duration took) {
    Matcher matcher = REFUSAL.matcher(only == null ? "" : only);
    // Catatonit has no code of its own for it.
    boolean failed = exitCode == 126 || exitCode == 127 || exitCode == 1;
    if (more || !failed || !matcher.matches()) {
      return Optional.empty();
    }
    String program = matcher.group("program");
    String why = (program == null ? "" : program + ": ") + matcher.group("why");
    return Optional.of(
        why.endsWith(NOT_FOUND)
            ? new ProcessResult(
                127,
                End.NOT_STARTED,
                why + " (it, or what its first line names, is not in the image)",
                took)
            : new ProcessResult(126, End.NOT_STARTED, why, took));
  }
}
