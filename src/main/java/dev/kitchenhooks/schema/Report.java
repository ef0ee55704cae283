package dev.kitchenhooks.schema;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problem.Severity;
import dev.kitchenhooks.problem.Problems;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong in one document, at the place of a key or a value. */
public final class Report {
  private final JsonDocument document;
  private final Problems problems;

  public Report(JsonDocument document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  public void error(String pointer, String message, @Nullable String hint) {
    add(Severity.ERROR, document.valueAt(pointer), message, hint);
  }

  public void errorAtKey(String pointer, String message, @Nullable String hint) {
    add(Severity.ERROR, document.keyAt(pointer), message, hint);
  }

  public void warning(String pointer, String message, @Nullable String hint) {
    add(Severity.WARNING, document.valueAt(pointer), message, hint);
  }

  /**
   * What a named check found.
   *
   * @param rule its id
   */
  public void warning(String rule, String pointer, String message, @Nullable String hint) {
    Position at = document.valueAt(pointer);
    problems.add(
        Problem.warning(document.file(), at.line(), at.column(), message)
            .withHint(hint)
            .withRule(rule));
  }

  public void warningAtKey(String pointer, String message, @Nullable String hint) {
    add(Severity.WARNING, document.keyAt(pointer), message, hint);
  }

  /** Whether the document is known to be wrong. */
  public boolean hasErrors() {
    return problems.hasErrors();
  }

  private void add(Severity severity, Position at, String message, @Nullable String hint) {
    problems.add(new Problem(severity, document.file(), at.line(), at.column(), message, hint));
  }
}
