package dev.kitchenhooks.run;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.store.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The runs of a kitchen that are under way, by a lock of the operating system that all of them
 * share and that dies with them. Whoever is alone takes away what runs that were killed have left
 * of their hooks' files: secrets may be among them.
 */
public final class LiveRuns implements AutoCloseable {
  private static final String FILE = ".runs";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

  /** Holds the ids of the runs that began since somebody was alone. */
  private final FileChannel channel;

  private LiveRuns(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Joins them until closed. Before the first file of the run is written.
   *
   * @param locks the directory of the kitchen's locks
   * @param runs the directory that holds those of the runs
   * @param id of the run that begins
   * @throws FixException if the lock cannot be written to
   */
  public static LiveRuns join(Path locks, Path runs, String id) {
    try {
      FileChannel channel =
          FileChannel.open(
              locks.resolve(FILE),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      var live = new LiveRuns(channel);
      try {
        live.tidyUpIfAlone(runs);
        live.share();
        channel.write(
            ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)), channel.size());
        return live;
      } catch (IOException e) {
        live.close();
        throw e;
      }
    } catch (IOException e) {
      throw FixException.invalid(
              "cannot write to %s: %s".formatted(locks, e.getMessage()),
              "fix keeps its locks there; nothing has run")
          .causedBy(e);
    }
  }

  private void share() throws IOException {
    try {
      FileLock shared = channel.lock(0, Long.MAX_VALUE, true);
      assert shared.isValid();
    } catch (OverlappingFileLockException e) {
      // Another run of this very process holds it for both of them.
      return;
    }
  }

  private void tidyUpIfAlone(Path runs) throws IOException {
    try (FileLock alone = channel.tryLock()) {
      if (alone != null) {
        ByteBuffer ids = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        channel.read(ids, 0);
        for (String id : new String(ids.array(), StandardCharsets.UTF_8).split("\n", -1)) {
          if (ID.matcher(id).matches()) {
            tidyUp(runs.resolve(id));
          }
        }
        channel.truncate(0);
      }
    } catch (OverlappingFileLockException e) {
      // As above.
      return;
    }
  }

  /** What cannot be removed, as another user's file, stays until the whole run is forgotten. */
  private static void tidyUp(Path run) throws IOException {
    if (!Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      try (DirectoryStream<Path> calls = Files.newDirectoryStream(run, ContextFiles.CALL + "*")) {
        for (Path call : calls) {
          Directories.remove(call);
        }
      }
      ContextFiles.deleteNodesFile(run);
    } catch (FileSystemException e) {
      return;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
