package dev.kitchenhooks.chef;

import dev.kitchenhooks.process.LineSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Passes a deploy's output on, and sees where the upload ends and the converge begins: the line
 * that says so is kept back.
 */
final class StageSink implements LineSink {
  /** Enough to find the reason in what tar or sudo say. */
  private static final int KEPT = 20;

  private final LineSink output;
  private final Deque<String> lines = new ArrayDeque<>();
  private boolean uploaded;

  StageSink(LineSink output) {
    this.output = output;
  }

  @Override
  public void line(String line) {
    synchronized (this) {
      if (!uploaded) {
        if (line.equals(RemoteScripts.UPLOADED)) {
          uploaded = true;
          return;
        }
        lines.addLast(line);
        if (lines.size() > KEPT) {
          lines.removeFirst();
        }
      }
    }
    output.line(line);
  }

  /** Whether the node has the new kitchen. */
  synchronized boolean uploaded() {
    return uploaded;
  }

  /** The last lines of the upload. */
  synchronized List<String> beforeConverge() {
    return List.copyOf(lines);
  }
}
