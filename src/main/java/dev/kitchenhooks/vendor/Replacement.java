package dev.kitchenhooks.vendor;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.store.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Replaces a directory as a whole. Between two renames it is not there at all: a crash just then
 * leaves none, which the next run notices, and never half of each.
 */
final class Replacement {
  private static final String FRESH = ".new";
  private static final String OLD = ".old";

  private Replacement() {}

  /**
   * Whether all that is in a directory may go.
   *
   * @param ours whether an earlier run has put it there
   * @throws FixException if it holds what no vendoring has put there
   */
  static void requireReplaceable(Path target, boolean ours, String shown) throws IOException {
    if (ours || !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean free = Files.isDirectory(target) && (isEmpty(target) || isBerkshelfs(target));
    if (!free) {
      throw FixException.invalid(
          "%s holds something that was not vendored, and would be replaced; nothing has run"
              .formatted(shown),
          "move it away, or name another directory as berksfile_cookbooks_directory");
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Berkshelf leaves a copy of its lock, also for LittleChef, which looks for it there. */
  private static boolean isBerkshelfs(Path directory) {
    return Files.exists(directory.resolve("Berksfile.lock"));
  }

  /** Where what replaces a directory can be made; what an earlier try has left there is gone. */
  static Path fresh(Path target) throws IOException {
    return beside(target, FRESH);
  }

  /** A path beside a directory, on the same file system, at which nothing is. */
  static Path beside(Path directory, String suffix) throws IOException {
    Path path = directory.resolveSibling("." + directory.getFileName() + suffix);
    Directories.remove(path);
    return path;
  }

  /** Puts a directory in the place of another, which need not be there. */
  static void put(Path fresh, Path target) throws IOException {
    Optional<Path> old = Files.exists(target) ? Optional.of(beside(target, OLD)) : Optional.empty();
    if (old.isPresent()) {
      Files.move(target, old.get(), StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (old.isPresent()) {
        Files.move(old.get(), target, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    if (old.isPresent()) {
      Directories.remove(old.get());
    }
  }
}
