package dev.kitchenhooks.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal of a given width, as far as this tool uses one: text, {@code \r}, {@code \n}, erase to
 * the end of the line, colours (dropped). Text past the last column wraps, as on a real one.
 * Anything else is a failure of the test.
 */
final class VirtualScreen {
  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int column;

  VirtualScreen(int columns) {
    this.columns = columns;
  }

  VirtualScreen feed(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> column = 0;
        case '\n' -> {
          rows.add(new StringBuilder());
          column = 0;
        }
        case '\u001b' -> i = sequence(text, i);
        default -> put(c);
      }
      i++;
    }
    return this;
  }

  private int sequence(String text, int escape) {
    int end = escape + 2;
    while (Character.isDigit(text.charAt(end))) {
      end++;
    }
    switch (text.charAt(end)) {
      case 'K' -> rows.getLast().setLength(Math.min(column, rows.getLast().length()));
      case 'm' -> {}
      default -> throw new AssertionError("sequence " + text.substring(escape + 1, end + 1));
    }
    return end;
  }

  private void put(char c) {
    if (column == columns) {
      rows.add(new StringBuilder());
      column = 0;
    }
    StringBuilder row = rows.getLast();
    if (column < row.length()) {
      row.setCharAt(column, c);
    } else {
      row.append(c);
    }
    column++;
  }

  /** All rows that were ever on the screen, those that scrolled away included. */
  String text() {
    return String.join("\n", rows);
  }

  String lastRow() {
    return rows.getLast().toString();
  }
}
