package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stand-in {@code chef-solo} that waits at a named pipe: a test can await that it has come there,
 * and let it go on.
 */
public final class ChefHold implements AutoCloseable {
  private final Path pipe;

  private ChefHold(Path pipe) {
    this.pipe = pipe;
  }

  static ChefHold make(Path pipe) throws IOException, InterruptedException {
    int code = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("mkfifo " + pipe + " exited " + code);
    }
    return new ChefHold(pipe);
  }

  /**
   * Blocks until {@code chef-solo} waits (give the test a timeout), and then holds it until the
   * result is closed.
   */
  public OutputStream awaitChef() throws IOException {
    return Files.newOutputStream(pipe);
  }

  /** Later calls of {@code chef-solo} do not wait. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(pipe);
  }
}
