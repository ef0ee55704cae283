package dev.kitchenhooks.store;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A lock between threads and processes. It is one of the operating system, on a file that stays: it
 * ends with its process, however that ends. Not reentrant.
 */
public final class FileLock implements AutoCloseable {
  /** The system's locks are of whole processes; these are between the threads of this one. */
  private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

  private final FileChannel channel;
  private final Semaphore turn;

  private FileLock(FileChannel channel, Semaphore turn) {
    this.channel = channel;
    this.turn = turn;
  }

  /**
   * Takes a lock.
   *
   * @param file made, mode 0600, if it is not there; its directory must be
   * @param wait how long others are waited for
   * @return empty if another held it all that time
   */
  public static Optional<FileLock> take(Path file, Duration wait)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path named = file.resolveSibling(".").toRealPath().resolve(file.getFileName());
    Semaphore turn = TURNS.computeIfAbsent(named, _ -> new Semaphore(1, true));
    if (!turn.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              named,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      taken = lock(channel, wait.minusNanos(System.nanoTime() - start));
      return taken ? Optional.of(new FileLock(channel, turn)) : Optional.empty();
    } finally {
      if (!taken) {
        try {
          if (channel != null) {
            channel.close();
          }
        } finally {
          turn.release();
        }
      }
    }
  }

  /** The system tells when it is free; closing the channel ends the waiting. */
  private static boolean lock(FileChannel channel, Duration wait)
      throws IOException, InterruptedException {
    java.nio.channels.FileLock now = channel.tryLock();
    if (now != null) {
      return true;
    }
    var free = new CompletableFuture<Boolean>();
    Thread.ofPlatform()
        .daemon()
        .name("file-lock")
        .start(() -> {
          try {
            free.complete(channel.lock().isValid());
          } catch (AsynchronousCloseException tooLate) {
            free.complete(false);
          } catch (IOException e) {
            free.completeExceptionally(e);
          }
        });
    try {
      return free.get(Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      turn.release();
    }
  }
}
