package dev.kitchenhooks.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Collects problems, so that a person sees all of them at once and not the first. Not thread-safe.
 */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  public void addAll(Collection<Problem> problems) {
    found.addAll(problems);
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All, sorted by file, line and column. */
  public List<Problem> sorted() {
    return found.stream().sorted().toList();
  }

  public List<Problem> errors() {
    return found.stream().filter(Problem::isError).sorted().toList();
  }

  public List<Problem> warnings() {
    return found.stream().filter(p -> !p.isError()).sorted().toList();
  }

  /**
   * Ends the command if there is an error.
   *
   * @param message what cannot be done because of them
   * @throws FixException with {@link ExitCode#INVALID} and all errors
   */
  public void throwIfErrors(String message) {
    if (hasErrors()) {
      throw FixException.invalid(message, errors());
    }
  }
}
