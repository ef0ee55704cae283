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
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * Takes the locks of all nodes, or none.
   *
   * @param directory where lock files lie; made if it is not there
   * @param holder who takes them, one line, shown to whoever finds a lock taken
   * @throws FixException with {@link ExitCode#LOCKED} if another run holds one
   */
  public static NodeLocks take(Path directory, List<String> fqdns, String holder) {
    var locks = new NodeLocks();
    try {
      Files.createDirectories(directory);
      var held = new ArrayList<String>();
      // In one order for all runs, so that of two runs over the same nodes one gets them all.
      for (String fqdn : new TreeSet<>(fqdns)) {
        String other = locks.lock(directory.resolve(fqdn + ".lock"), holder);
        if (other != null) {
          held.add(fqdn + ": " + other);
          break;
        }
      }
      if (!held.isEmpty()) {
        throw new FixException(
            ExitCode.LOCKED,
            "another run holds the lock of " + held.getFirst(),
            "wait for it to end (fix status), or leave its nodes out");
      }
      return locks;
    } catch (IOException e) {
      locks.close();
      throw FixException.invalid(
              "the lock of a node cannot be taken in " + directory + ": " + e.getMessage(),
              "make the kitchen's .fix directory writable")
          .causedBy(e);
    } catch (FixException e) {
      locks.close();
      throw e;
    }
  }

  /** Takes one lock; returns null, or who holds it. */
  private @Nullable String lock(Path file, String holder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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
