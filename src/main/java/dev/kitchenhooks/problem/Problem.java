package dev.kitchenhooks.problem;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in one file, said so that it can be mended from the message alone.
 *
 * @param severity whether the run that needs this file can go on
 * @param file the file as shown to a person, relative to the kitchen where it lies inside it; null
 *     where there is none
 * @param line 1-based line; 0 where the problem is the file as a whole
 * @param column 1-based column; 0 where the problem is the whole line or file
 * @param message what is wrong and what was expected, without a full stop
 * @param hint what to do, or null where the message says it all
 * @param rule the id of the check that found it, for programs; null where no check has a name
 */
public record Problem(
    Severity severity,
    @Nullable String file,
    int line,
    int column,
    String message,
    @Nullable String hint,
    @Nullable String rule)
    implements Comparable<Problem> {

  /** How bad a problem is. */
  public enum Severity {
    ERROR,
    WARNING,
    /** Worth knowing, and nothing to mend. */
    NOTE;

    /** {@code error}, {@code warning}, {@code note}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.file == null ? "" : p.file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  public Problem(
      Severity severity,
      @Nullable String file,
      int line,
      int column,
      String message,
      @Nullable String hint) {
    this(severity, file, line, column, message, hint, null);
  }

  public static Problem error(String file, int line, int column, String message) {
    return new Problem(Severity.ERROR, file, line, column, message, null);
  }

  public static Problem warning(String file, int line, int column, String message) {
    return new Problem(Severity.WARNING, file, line, column, message, null);
  }

  public Problem withHint(@Nullable String newHint) {
    return new Problem(severity, file, line, column, message, newHint, rule);
  }

  public Problem withRule(String id) {
    return new Problem(severity, file, line, column, message, hint, id);
  }

  /** The same where it stops nothing. */
  public Problem asWarning() {
    return new Problem(Severity.WARNING, file, line, column, message, hint, rule);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /**
   * {@code hook-defs/a.json:3:5: error: message (hint)}, the form that editors and CI logs link.
   */
  public String format() {
    var text = new StringBuilder();
    if (file != null) {
      text.append(file);
      if (line > 0) {
        text.append(':').append(line);
        if (column > 0) {
          text.append(':').append(column);
        }
      }
      text.append(": ");
    }
    text.append(severity.word()).append(": ").append(message);
    if (hint != null) {
      text.append(" (").append(hint).append(')');
    }
    return text.toString();
  }

  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }
}
