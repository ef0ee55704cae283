package dev.kitchenhooks.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one file in which runs lock their nodes, a byte for each. With a file for each node, every
 * process that a run starts would begin with closing as many files as the run has nodes.
 *
 * <p>The file holds nothing. A process loses all its locks in a file when it closes that file, by
 * whatever channel: so all who use one here share a channel.
 */
final class NodeLockFile implements AutoCloseable {
  private static final Map<Path, NodeLockFile> OPEN = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private int users;

  private NodeLockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param directory where it lies, which exists
   */
  static NodeLockFile open(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve(".nodes");
    synchronized (OPEN) {
      NodeLockFile known = OPEN.get(file);
      if (known == null) {
        known =
            new NodeLockFile(
                file,
                FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------"))));
        OPEN.put(file, known);
      }
      known.users++;
      return known;
    }
  }

  /** Empty: another run has it, be it of this process. */
  Optional<FileLock> tryLock(String fqdn) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(place(fqdn), 1, false));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /**
   * Waits for it.
   *
   * @throws OverlappingFileLockException if it is a run of this process that has it: a process
   *     cannot wait for itself
   */
  FileLock lock(String fqdn) throws IOException {
    return channel.lock(place(fqdn), 1, false);
  }

  /** Far beyond the file's end, where a lock is as good; two names never meet there. */
  private static long place(String fqdn) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(fqdn.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() & (Long.MAX_VALUE >> 1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        OPEN.remove(file);
        channel.close();
      }
    }
  }
}
