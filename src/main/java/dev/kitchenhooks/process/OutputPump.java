package dev.kitchenhooks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * Brings a process's output to a {@link LineSink}, in the executor's thread: {@link #start} returns
 * when the last process that holds the output has closed it.
 *
 * <p>commons-exec's own PumpStreamHandler dies of a sink that throws, and the child then blocks on
 * a full pipe.
 */
final class OutputPump implements ExecuteStreamHandler {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final LineSink sink;
  private InputStream output = InputStream.nullInputStream();
  private volatile boolean abandoned;
  private volatile Optional<String> sinkFault = Optional.empty();

  OutputPump(LineSink sink) {
    this.sink = sink;
  }

  /** Nothing more goes to the sink, whoever may still write. */
  void abandon() {
    abandoned = true;
  }

  /** The first thing that the sink threw. */
  Optional<String> sinkFault() {
    return sinkFault;
  }

  @Override
  public void setProcessInputStream(OutputStream stdin) {
    // Redirected from /dev/null.
  }

  @Override
  public void setProcessErrorStream(InputStream stderr) {
    // Merged into stdout by the kernel, so that the order is kept.
  }

  @Override
  public void setProcessOutputStream(InputStream stdout) {
    output = stdout;
  }

  @Override
  public void start() {
    LineSplitter lines = new LineSplitter(this::deliver);
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        lines.accept(buffer, count);
      }
    } catch (IOException e) {
      deliver("(output ends here: " + e.getMessage() + ")");
    }
    lines.end();
  }

  @Override
  public void stop() {
    // start() has read all there was.
  }

  private void deliver(String line) {
    if (abandoned) {
      return;
    }
    try {
      sink.line(line);
    } catch (RuntimeException | Error e) {
      // The process must not block on a full pipe because nobody reads; the result tells of it.
      if (sinkFault.isEmpty()) {
        sinkFault = Optional.of(e.toString());
      }
    }
  }
}
