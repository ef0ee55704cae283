package dev.kitchenhooks.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that a person can act on: what, where, what to do. Everything else that is
 * thrown is a bug of {@code fix} and shows its stack trace with {@code --debug}.
 */
public final class FixException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String hint;
  private final transient List<Problem> problems;

  public FixException(ExitCode exitCode, String message, @Nullable String hint) {
    this(exitCode, message, hint, List.of(), null);
  }

  private FixException(
      ExitCode exitCode,
      String message,
      @Nullable String hint,
      List<Problem> problems,
      @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.hint = hint;
    this.problems = List.copyOf(problems);
  }

  /** Usage, or something invalid that the command needs. */
  public static FixException invalid(String message, @Nullable String hint) {
    return new FixException(ExitCode.INVALID, message, hint);
  }

  /** Files that are invalid, all their problems at once. */
  public static FixException invalid(String message, List<Problem> problems) {
    return new FixException(ExitCode.INVALID, message, null, problems, null);
  }

  /** The same with the technical cause, for {@code --debug}. */
  public FixException causedBy(Throwable cause) {
    return new FixException(exitCode, message(), hint, problems, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** What is wrong, never null. */
  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** What to do about it, or null where the message or the problems say it all. */
  public @Nullable String hint() {
    return hint;
  }

  public List<Problem> problems() {
    return problems;
  }
}
