package dev.kitchenhooks.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the last lines of an output, bounded in number and in size. Thread-safe. */
public final class Tail implements LineSink {
  private static final int DEFAULT_LINES = 40;
  private static final int DEFAULT_BYTES = 8 * 1024;

  private final int maxLines;
  private final int maxBytes;
  private final Deque<String> lines = new ArrayDeque<>();
  private int bytes;

  /** What the audit trail keeps: 40 lines, 8 KiB. */
  public Tail() {
    this(DEFAULT_LINES, DEFAULT_BYTES);
  }

  /**
   * @param maxLines at least 1
   * @param maxBytes of UTF-8, line ends included; the last line alone may be longer
   */
  public Tail(int maxLines, int maxBytes) {
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  @Override
  public synchronized void line(String line) {
    lines.addLast(line);
    bytes += size(line);
    while (lines.size() > maxLines || (bytes > maxBytes && lines.size() > 1)) {
      bytes -= size(lines.removeFirst());
    }
  }

  /** The lines kept, oldest first. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private static int size(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }
}
