package dev.kitchenhooks.chef;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Breaks an upload off when it is told to, by an {@link InterruptedIOException}. */
final class StoppableStream extends FilterOutputStream {
  private final BooleanSupplier stopped;

  StoppableStream(OutputStream out, BooleanSupplier stopped) {
    super(out);
    this.stopped = stopped;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check();
    out.write(bytes, offset, length);
  }

  @Override
  public void write(int b) throws IOException {
    check();
    out.write(b);
  }

  private void check() throws InterruptedIOException {
    if (stopped.getAsBoolean()) {
      throw new InterruptedIOException("the upload was stopped");
    }
  }
}
