package dev.kitchenhooks.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Writes whole files: whoever reads one, also after a crash, finds the old text or the new one.
 * What a crash leaves beside it the next write replaces, so writers take turns.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Replaces a file, or makes it; a link stays one. A file that is there keeps its mode, and its
   * owner where we may give files away.
   *
   * @param mode of a new file, {@code rw-------}
   */
  public static void write(Path named, String text, String mode) throws IOException {
    boolean exists = Files.exists(named);
    Path file = exists ? named.toRealPath() : named;
    Set<PosixFilePermission> permissions =
        exists
            ? Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
            : PosixFilePermissions.fromString(mode);
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    writeToDisk(temporary, text);
    if (exists) {
      keepOwner(file, temporary);
    }
    // Only now: until it is known whose the file is, nobody else may read it.
    Files.setPosixFilePermissions(temporary, permissions);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(file);
  }

  /** Deletes a file, if it is there, for good. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(file);
    }
  }

  private static void writeToDisk(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void keepOwner(Path from, Path to) throws IOException {
    UserPrincipal owner = Files.getOwner(from);
    var view = Files.getFileAttributeView(to, FileOwnerAttributeView.class);
    if (!owner.equals(view.getOwner())) {
      try {
        view.setOwner(owner);
      } catch (IOException notRoot) {
        // Then it is ours from now on, with the mode that it had.
        return;
      }
    }
  }

  /** A rename is on the disk only when its directory is. */
  private static void syncDirectory(Path file) throws IOException {
    try (FileChannel directory = FileChannel.open(file.resolveSibling("."))) {
      directory.force(true);
    }
  }
}
