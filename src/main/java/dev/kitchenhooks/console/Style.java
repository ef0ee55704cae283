package dev.kitchenhooks.console;

import dev.kitchenhooks.rules.Outcome;

/** How words look on a terminal: SGR colours where they are wanted, ASCII where that is all. */
record Style(Terminal terminal) {
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String DIM = "2";
  private static final String BOLD = "1";

  String red(String text) {
    return coloured(RED, text);
  }

  String green(String text) {
    return coloured(GREEN, text);
  }

  String yellow(String text) {
    return coloured(YELLOW, text);
  }

  String dim(String text) {
    return coloured(DIM, text);
  }

  String bold(String text) {
    return coloured(BOLD, text);
  }

  /** A text in the colour of an outcome. */
  String outcome(Outcome outcome, String text) {
    return switch (outcome) {
      case DEPLOYED -> green(text);
      case FAILED, UNREACHABLE, INTERRUPTED -> red(text);
      case SKIPPED, SOFT_SKIPPED -> yellow(text);
      case DUMMY, NOT_STARTED -> dim(text);
    };
  }

  String outcome(Outcome outcome) {
    return outcome(outcome, outcome.word());
  }

  /** Between the parts of a line. */
  String dot() {
    return terminal.unicode() ? " · " : " - ";
  }

  String ellipsis() {
    return terminal.unicode() ? "…" : "...";
  }

  private String coloured(String code, String text) {
    return terminal.colour() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
