package dev.kitchenhooks.process;

import java.nio.charset.StandardCharsets;

/**
 * Makes bounded, clean lines of any bytes, in constant memory. A line ends with LF, CR LF or a lone
 * CR (progress bars). A line that is longer than {@link #MAX_BYTES} comes in pieces, each but the
 * last with {@link #CONTINUES} at its end. Not thread-safe.
 */
public final class LineSplitter {
  static final int MAX_BYTES = 8 * 1024;

  /** Ends a piece of a line that goes on with the next piece. */
  public static final String CONTINUES = "\\";

  private static final byte DELETE = 0x7F;

  private final LineSink sink;
  private final byte[] line = new byte[MAX_BYTES];
  private int length;
  private boolean afterReturn;

  /** Nothing but printable ASCII in this line so far. */
  private boolean plain = true;

  public LineSplitter(LineSink sink) {
    this.sink = sink;
  }

  /** Takes the first {@code count} bytes. */
  public void accept(byte[] bytes, int count) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      // One comparison for most bytes: those of UTF-8 sequences are negative.
      if (b < ' ' || b == DELETE) {
        if (b == '\n' || b == '\r') {
          append(bytes, from, i);
          from = i + 1;
          lineEnd(b);
          plain = true;
        } else {
          plain = false;
        }
      }
    }
    append(bytes, from, count);
  }

  /** No more bytes will come: what is left is the last line. */
  public void end() {
    if (length > 0) {
      emit(length, "");
    }
  }

  private void lineEnd(byte end) {
    if (end == '\n') {
      if (!afterReturn || length > 0) {
        emit(length, "");
      }
      afterReturn = false;
    } else if (length > 0) {
      emit(length, "");
      afterReturn = true;
    }
  }

  private void append(byte[] bytes, int from, int to) {
    int next = from;
    while (next < to) {
      afterReturn = false;
      if (length == MAX_BYTES) {
        emitPiece();
      }
      int count = Math.min(to - next, MAX_BYTES - length);
      System.arraycopy(bytes, next, line, length, count);
      length += count;
      next += count;
    }
  }

  /** Breaks before an unfinished UTF-8 sequence, so that no character is lost at the border. */
  private void emitPiece() {
    int end = length;
    while (end > length - 3 && (line[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    boolean startsHere = (line[end - 1] & 0xC0) == 0xC0;
    int whole = startsHere && !isComplete(end - 1) ? end - 1 : length;
    int rest = length - whole;
    emit(whole, CONTINUES);
    System.arraycopy(line, whole, line, 0, rest);
    length = rest;
  }

  private boolean isComplete(int start) {
    int lead = line[start] & 0xFF;
    int expected = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return length - start >= expected;
  }

  private void emit(int end, String mark) {
    String text =
        plain
            ? new String(line, 0, end, StandardCharsets.ISO_8859_1)
            : TerminalText.clean(new String(line, 0, end, StandardCharsets.UTF_8));
    length = 0;
    // A flood of NUL bytes is not a flood of empty lines.
    if (mark.isEmpty() || !text.isEmpty()) {
      sink.line(text + mark);
    }
  }
}
