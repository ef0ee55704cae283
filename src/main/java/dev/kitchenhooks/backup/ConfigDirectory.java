package dev.kitchenhooks.backup;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.store.AtomicFile;
import dev.kitchenhooks.store.FileLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The directory of borgmatic's configurations, in which others may write too. */
final class ConfigDirectory {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final String PRIVATE = "rw-------";
  private static final String SUFFIX = ".yaml";

  private final Path directory;

  ConfigDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes an owner's configurations these and no others.
   *
   * @param texts by name
   * @return the names of those that were removed
   * @throws FixException if one of the names belongs to somebody else: then nothing was written
   */
  List<String> replace(Owner owner, Map<String, String> texts) {
    return locked(() -> {
      Files.createDirectories(directory);
      for (String name : texts.keySet()) {
        refuseForeign(owner, name);
      }
      List<String> gone = removed(owner, Set.of(), texts.keySet());
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Path file = file(text.getKey());
        AtomicFile.write(file, text.getValue(), PRIVATE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PRIVATE));
      }
      return gone;
    });
  }

  /**
   * Removes an owner's configurations.
   *
   * @param unmarked names of those that go too where nobody's name is in them, as another tool left
   *     them
   * @return the names of those that were removed
   */
  List<String> remove(Owner owner, Set<String> unmarked) {
    return Files.isDirectory(directory)
        ? locked(() -> removed(owner, unmarked, Set.of()))
        : List.of();
  }

  private List<String> removed(Owner owner, Set<String> unmarked, Set<String> staying)
      throws IOException {
    var gone = new ArrayList<String>();
    for (String name : names()) {
      Optional<Owner> marked = Owner.of(text(file(name)));
      boolean ours = marked.isPresent() ? marked.get().equals(owner) : unmarked.contains(name);
      if (ours && !staying.contains(name)) {
        AtomicFile.delete(file(name));
        gone.add(name);
      }
    }
    return gone;
  }

  private void refuseForeign(Owner owner, String name) throws IOException {
    if (!Files.exists(file(name))) {
      return;
    }
    Owner other = Owner.of(text(file(name))).orElse(owner);
    if (!other.equals(owner)) {
      throw FixException.invalid(
          "%s is the configuration of %s in %s, and nothing was written"
              .formatted(file(name), other.application(), other.environment()),
          "rename the application, the environment or the volume of one of both");
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  private Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }

  /** Files of others may hold anything. */
  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException notText) {
      return "";
    }
  }

  private interface Change {
    List<String> make() throws IOException;
  }

  private List<String> locked(Change change) {
    Path lock = directory.resolve(".fix.lock");
    try {
      Files.createDirectories(directory);
      try (FileLock _ = FileLock.take(lock, LONGEST_WAIT).orElseThrow(() -> busy(lock))) {
        return change.make();
      }
    } catch (IOException | UncheckedIOException e) {
      throw FixException.invalid(
              "%s cannot be written: %s".formatted(directory, e.getMessage()),
              "it must be yours to write to; \"directory\" in confs/backup/backup.json names another")
          .causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(lock);
    }
  }

  private static FixException busy(Path lock) {
    return new FixException(
        ExitCode.LOCKED,
        "another process holds %s, and nothing was written".formatted(lock),
        "find who it is (fuser %s), or try again".formatted(lock));
  }
}
