package dev.kitchenhooks.process;

/**
 * Takes out of a line whatever could drive a terminal: escape sequences (ECMA-48: CSI, OSC, DCS and
 * the others) as a whole, and control characters but tab. A program's output is then safe to show
 * after a prefix, and to store.
 */
public final class TerminalText {
  private static final char ESCAPE = 0x1B;
  private static final char BELL = 0x07;
  private static final char C1_CSI = 0x9B;
  private static final char C1_STRING_TERMINATOR = 0x9C;

  private TerminalText() {}

  /** The line without them. */
  public static String clean(String line) {
    return clean(line, false);
  }

  /** The text without escape sequences; control characters that belong to none stay. */
  public static String withoutSequences(String text) {
    return clean(text, true);
  }

  private static String clean(String line, boolean keepControls) {
    int start = 0;
    while (start < line.length() && !isControl(line.charAt(start))) {
      start++;
    }
    if (start == line.length()) {
      return line;
    }
    StringBuilder text = new StringBuilder(line.length()).append(line, 0, start);
    for (int i = start; i < line.length(); ) {
      char c = line.charAt(i);
      boolean alone = c == ESCAPE ? i + 1 == line.length() : c != C1_CSI && !isC1String(c);
      if (!isControl(c) || (alone && keepControls)) {
        text.append(c);
        i++;
      } else if (c == ESCAPE) {
        i = afterEscape(line, i + 1);
      } else if (c == C1_CSI) {
        i = afterCsi(line, i + 1);
      } else {
        i = isC1String(c) ? afterString(line, i + 1) : i + 1;
      }
    }
    return text.toString();
  }

  private static boolean isControl(char c) {
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F);
  }

  /** DCS, SOS, OSC, PM and APC as single characters. */
  private static boolean isC1String(char c) {
    return c == 0x90 || c == 0x98 || (c >= 0x9D && c <= 0x9F);
  }

  private static int afterEscape(String line, int at) {
    if (at == line.length()) {
      return at;
    }
    return switch (line.charAt(at)) {
      case '[' -> afterCsi(line, at + 1);
      case ']', 'P', 'X', '^', '_' -> afterString(line, at + 1);
      default -> {
        int i = skip(line, at, 0x20, 0x2F);
        yield i < line.length() && inRange(line.charAt(i), 0x30, 0x7E) ? i + 1 : i;
      }
    };
  }

  private static int afterCsi(String line, int at) {
    int i = skip(line, at, 0x20, 0x3F);
    return i < line.length() && inRange(line.charAt(i), 0x40, 0x7E) ? i + 1 : i;
  }

  /** To the string terminator, or BEL as xterm allows; an unfinished one hides the whole line. */
  private static int afterString(String line, int at) {
    for (int i = at; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == BELL || c == C1_STRING_TERMINATOR) {
        return i + 1;
      }
      if (c == ESCAPE) {
        boolean terminator = i + 1 < line.length() && line.charAt(i + 1) == '\\';
        return terminator ? i + 2 : i;
      }
    }
    return line.length();
  }

  private static int skip(String line, int from, int low, int high) {
    int i = from;
    while (i < line.length() && inRange(line.charAt(i), low, high)) {
      i++;
    }
    return i;
  }

  private static boolean inRange(char c, int low, int high) {
    return c >= low && c <= high;
  }
}
