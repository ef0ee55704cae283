package dev.kitchenhooks.run;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two runs of this controller from touching the same node: one lock a node, taken for all
 * nodes before anything runs. They are locks of the operating system, so a run that dies, however,
 * leaves none behind. The files stay; what they say is only for people.
 */
public final class NodeLocks implements AutoCloseable {
  private static final int MAX_HOLDER_BYTES = 1_000;

  private final List<FileChannel> channels = new ArrayList<>();

  private NodeLocks() {}

  /** A lock that another run holds. */
  private record Taken(Path file, String fqdn, String holder) {
    String text() {
      return fqdn + ": " + holder;
    }
  }

  /**
   * Takes the locks of all nodes, or none. While it waits for one it holds none of the others, so
   * that it is in nobody's way.
   *
   * @param directory where lock files lie; made if it is not there
   * @param holder who takes them, one line, shown to whoever finds a lock taken
   * @param wait how long it waits for other runs
   * @throws FixException with {@link ExitCode#LOCKED} if another run holds one
   */
  public static NodeLocks take(Path directory, List<String> fqdns, String holder, LockWait wait) {
    try {
      Files.createDirectories(directory);
      // In one order for all runs, so that of two runs over the same nodes one gets them all.
      var order = new TreeSet<>(fqdns);
      while (true) {
        var locks = new NodeLocks();
        Optional<Taken> taken = locks.takeAll(directory, order, holder);
        if (taken.isEmpty()) {
          return locks;
        }
        if (wait.left().isZero() || !awaitEnd(taken.get(), wait)) {
          throw new FixException(
              ExitCode.LOCKED,
              "another run holds the lock of " + taken.get().text(),
              "wait for it to end (fix status, --wait 5m), or leave its nodes out");
        }
      }
    } catch (IOException e) {
      throw FixException.invalid(
              "the lock of a node cannot be taken in " + directory + ": " + e.getMessage(),
              "make the kitchen's .fix directory writable")
          .causedBy(e);
    }
  }

  /** Empty: all are taken; else none is. */
  private Optional<Taken> takeAll(Path directory, Iterable<String> fqdns, String holder)
      throws IOException {
    boolean all = false;
    try {
      for (String fqdn : fqdns) {
        Path file = directory.resolve(fqdn + ".lock");
        String other = lock(file, holder);
        if (other != null) {
          return Optional.of(new Taken(file, fqdn, other));
        }
      }
      all = true;
      return Optional.empty();
    } finally {
      if (!all) {
        close();
      }
    }
  }

  /** Whether the other run has ended in time. The system tells when: a lock can be waited for. */
  private static boolean awaitEnd(Taken taken, LockWait wait) throws IOException {
    try (FileChannel channel = open(taken.file());
        LockWait.Waiting _ = wait.begin("the lock of " + taken.text())) {
      var free = new CompletableFuture<FileLock>();
      Thread.ofPlatform()
          .daemon()
          .name("lock-wait")
          .start(() -> {
            try {
              free.complete(channel.lock());
            } catch (IOException | OverlappingFileLockException e) {
              free.completeExceptionally(e);
            }
          });
      free.get(wait.left().toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      // A run in this very process, which cannot wait for itself.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes one lock; returns null, or who holds it. */
  private @Nullable String lock(Path file, String holder) throws IOException {
    FileChannel channel = open(file);
    if (!tryLock(channel)) {
      String other = read(channel);
      channel.close();
      return other.isEmpty() ? "(holder not known)" : other;
    }
    channels.add(channel);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    return null;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    channels.clear();
  }
}
