package dev.kitchenhooks.history;

import dev.kitchenhooks.process.TerminalText;

/**
 * Text from nodes and hooks, made harmless: a program's output must not be able to move the cursor,
 * set a window's title or answer for the person at the terminal, neither live nor when a log is
 * read later.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * The text without control sequences. Tabs stay; a carriage return, with which progress bars go
   * over a line again, becomes a space; other control characters become U+FFFD, and so do the marks
   * that turn the direction of text.
   */
  public static String of(String text) {
    if (text.chars().noneMatch(PlainText::isControl)) {
      return text;
    }
    String rest = TerminalText.withoutSequences(text);
    var plain = new StringBuilder(rest.length());
    rest.stripTrailing()
        .chars()
        .forEach(c -> {
          if (c == '\r' || c == '\n') {
            plain.append(' ');
          } else {
            plain.append(isControl(c) ? '\uFFFD' : (char) c);
          }
        });
    return plain.toString();
  }

  private static boolean isControl(int c) {
    return (c < 0x20 && c != '\t')
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
