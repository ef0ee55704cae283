package dev.kitchenhooks.plugin;

import dev.kitchenhooks.store.Directories;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories of plain files: made out of working trees of git, and removed. */
final class PlainTree {
  /**
   * For all users, since a container may run as any of them; on this machine nobody but the caller
   * gets past the directory of all plugins.
   */
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("r-xr-xr-x");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("r--r--r--");

  private PlainTree() {}

  /** Takes out what git keeps for itself, and sets all permissions, whatever the umask. */
  static void make(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (isGits(dir)) {
              Directories.remove(dir);
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.setPosixFilePermissions(dir, DIRECTORY);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isGits(file)) {
              Files.delete(file);
            } else if (attributes.isRegularFile()) {
              boolean program =
                  Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                      .contains(PosixFilePermission.OWNER_EXECUTE);
              Files.setPosixFilePermissions(file, program ? PROGRAM : FILE);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isGits(Path path) {
    return String.valueOf(path.getFileName()).equals(".git");
  }
}
