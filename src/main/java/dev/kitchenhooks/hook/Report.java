package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problem.Severity;
import dev.kitchenhooks.problem.Problems;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong in one document, at the place of a key or a value. */
final class Report {
  private final JsonDocument document;
  private final Problems problems;

  Report(JsonDocument document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  void error(String pointer, String message, @Nullable String hint) {
    add(Severity.ERROR, document.valueAt(pointer), message, hint);
  }

  void errorAtKey(String pointer, String message, @Nullable String hint) {
    add(Severity.ERROR, document.keyAt(pointer), message, hint);
  }

  void warning(String pointer, String message, @Nullable String hint) {
    add(Severity.WARNING, document.valueAt(pointer), message, hint);
  }

  /** What a named check found. */
  void warning(LintRule rule, String pointer, String message, @Nullable String hint) {
    Position at = document.valueAt(pointer);
    problems.add(
        Problem.warning(document.file(), at.line(), at.column(), message)
            .withHint(hint)
            .withRule(rule.id()));
  }

  void warningAtKey(String pointer, String message, @Nullable String hint) {
    add(Severity.WARNING, document.keyAt(pointer), message, hint);
  }

  /** Whether the document is known to be wrong. */
  boolean hasErrors() {
    return problems.hasErrors();
  }

  private void add(Severity severity, Position at, String message, @Nullable String hint) {
    problems.add(new Problem(severity, document.file(), at.line(), at.column(), message, hint));
  }
}
