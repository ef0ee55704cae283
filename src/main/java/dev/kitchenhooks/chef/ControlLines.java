package dev.kitchenhooks.chef;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a script on a node while it runs, a line each; an empty one now and then, so that
 * it knows of us.
 */
final class ControlLines {
  /** Ends the input. */
  private static final String END = "end";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Without waiting, from any thread. */
  void say(String line) {
    lines.add(line);
  }

  /** Nothing more is said: the script sees the end of its input. */
  void end() {
    lines.add(END);
  }

  /** Writes what is said, until the end is, or the thread is interrupted. */
  void writeTo(OutputStream out, Duration interval) throws IOException {
    while (true) {
      out.flush();
      @Nullable String line;
      try {
        line = lines.poll(interval.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (END.equals(line)) {
        return;
      }
      out.write(((line == null ? "" : line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
