package dev.kitchenhooks.console;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines that scroll, and on a terminal one status line below them that is drawn over. Each call is
 * one write to the stream, so that nothing comes between the parts of a line. Thread-safe.
 */
final class Screen {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final Terminal terminal;
  private String status = "";

  Screen(PrintStream out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  synchronized void lines(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    var text = new StringBuilder(status.isEmpty() ? "" : ERASE_LINE);
    lines.forEach(line -> text.append(line).append('\n'));
    out.print(text.append(status));
    out.flush();
  }

  /** Shows a status line instead of the one before; empty: none. Nothing off a terminal. */
  synchronized void status(String text) {
    String shown = terminal.interactive() ? cut(text) : "";
    if (!shown.equals(status)) {
      out.print((status.isEmpty() ? "" : ERASE_LINE) + shown);
      out.flush();
      status = shown;
    }
  }

  /** One column stays free: a terminal that has written its last column may have wrapped. */
  private String cut(String text) {
    int room = Math.max(1, terminal.columns() - 1);
    if (text.codePointCount(0, text.length()) <= room) {
      return text;
    }
    String ellipsis = new Style(terminal).ellipsis();
    return room <= ellipsis.length()
        ? first(text, room)
        : first(text, room - ellipsis.length()) + ellipsis;
  }

  private static String first(String text, int codePoints) {
    return text.substring(0, text.offsetByCodePoints(0, codePoints));
  }
}
