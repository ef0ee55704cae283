package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code .fix/}: what {@code fix} itself keeps in a kitchen. Only the caller may read it, and
 * version control ignores it. It comes into being with the first thing that is put there.
 */
public final class StateDirectory {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Path directory;

  StateDirectory(Path kitchen) {
    this.directory = kitchen.resolve(".fix");
  }

  /** Where it lies or will lie; nothing is made. */
  public Path directory() {
    return directory;
  }

  /**
   * The audit trail, for writing: its directory exists afterwards, the file may not yet.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path historyFile() {
    create();
    return directory.resolve("history.db");
  }

  /** The audit trail, for reading: empty where nothing was ever recorded. Makes nothing. */
  public Optional<Path> existingHistoryFile() {
    return Optional.of(directory.resolve("history.db")).filter(Files::isRegularFile);
  }

  /**
   * The directory of the node locks, which exists afterwards.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path locks() {
    create();
    return make(directory.resolve("locks"));
  }

  /**
   * The directory of what is remembered of kitchens that were sent, which exists afterwards.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path sync() {
    create();
    return make(directory.resolve("sync"));
  }

  /**
   * The directory that holds those of the runs, which exists afterwards.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path runs() {
    create();
    return make(directory.resolve("runs"));
  }

  /**
   * The directory of one run's own files, which exists afterwards.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path run(String runId) {
    if (!RUN_ID.matcher(runId).matches()) {
      throw new IllegalArgumentException("not a run's id: " + runId);
    }
    return make(runs().resolve(runId));
  }

  /**
   * The directory of what is fetched for plugins, which exists afterwards.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path plugins() {
    create();
    return make(existingPlugins());
  }

  /** The same where nothing may be made: it may not be there. */
  public Path existingPlugins() {
    return directory.resolve("plugins");
  }

  /**
   * The directory of what is known of vendored cookbooks, which exists afterwards.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  public Path vendoring() {
    create();
    return make(directory.resolve("vendoring"));
  }

  private void create() {
    make(directory);
    Path ignore = directory.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      try {
        Files.writeString(ignore, "*\n");
      } catch (IOException e) {
        throw unwritable(ignore, e);
      }
    }
  }

  private static Path make(Path path) {
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      // A link may lead anywhere, and whoever can write to the kitchen could have put it there.
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw FixException.invalid(
                "%s is in the way: it is not a directory".formatted(path), "move it elsewhere")
            .causedBy(e);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
    return path;
  }

  private static FixException unwritable(Path path, IOException cause) {
    return FixException.invalid(
            "cannot write %s: %s".formatted(path, cause.getMessage()),
            "fix keeps locks and its history there: the kitchen must be yours to write to")
        .causedBy(cause);
  }
}
