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
import java.nio.file.NoSuchFileException;
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

/**
 * Keeps two runs of this controller from touching the same node: one lock a node, taken for all
 * nodes before anything runs. They are locks of the operating system, so a run that dies, however,
 * leaves none behind. A file for each node stays; what it says is only for people.
 */
public final class NodeLocks implements AutoCloseable {
  private final NodeLockFile file;
  private final List<FileLock> held = new ArrayList<>();

  private NodeLocks(NodeLockFile file) {
    this.file = file;
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
        var locks = new NodeLocks(NodeLockFile.open(directory));
        Optional<String> taken = locks.takeAll(directory, order, holder);
        if (taken.isEmpty()) {
          return locks;
        }
        String told = taken.get() + ": " + holder(directory, taken.get());
        if (wait.left().isZero() || !awaitEnd(directory, taken.get(), told, wait)) {
          throw new FixException(
              ExitCode.LOCKED,
              "another run holds the lock of " + told,
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

  /** Empty: all are taken; else none is, and it is this node's that another run has. */
  private Optional<String> takeAll(Path directory, Iterable<String> fqdns, String holder)
      throws IOException {
    boolean all = false;
    try {
      for (String fqdn : fqdns) {
        Optional<FileLock> lock = file.tryLock(fqdn);
        if (lock.isEmpty()) {
          return Optional.of(fqdn);
        }
        held.add(lock.get());
        tell(named(directory, fqdn), holder);
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
  private static boolean awaitEnd(Path directory, String fqdn, String told, LockWait wait)
      throws IOException {
    try (NodeLockFile file = NodeLockFile.open(directory);
        LockWait.Waiting _ = wait.begin("the lock of " + told)) {
      var free = new CompletableFuture<Boolean>();
      Thread.ofPlatform()
          .daemon()
          .name("lock-wait")
          .start(() -> {
            // Whoever comes to wait in vain gives back at once what it gets.
            try (FileLock lock = file.lock(fqdn)) {
              free.complete(lock.isValid());
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

  private static Path named(Path directory, String fqdn) {
    return directory.resolve(fqdn + ".lock");
  }

  private static void tell(Path file, String holder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String holder(Path directory, String fqdn) throws IOException {
    try {
      String holder = Files.readString(named(directory, fqdn)).strip();
      return holder.isEmpty() ? "(holder not known)" : holder;
    } catch (NoSuchFileException e) {
      return "(holder not known)";
    }
  }

  @Override
  public void close() {
    try {
      for (FileLock lock : held) {
        lock.release();
      }
      held.clear();
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
