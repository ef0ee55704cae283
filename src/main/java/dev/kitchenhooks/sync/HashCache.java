package dev.kitchenhooks.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What files held when they were last hashed, so that a kitchen is read once and not once a run. A
 * file counts as unchanged while its size, times and inode are the same: its time of change (ctime)
 * is the system's own, and nobody can set it back.
 */
public final class HashCache {
  /** A file that has changed so shortly before may change again within the same tick. */
  private static final Duration TOO_FRESH = Duration.ofSeconds(2);

  private static final int WORDS = 7;

  private final Path file;

  /** What was found, when the file was so. */
  private record Known(FileTree.Stat stat, FileHash hash) {}

  /**
   * @param file where it is kept; made if it is not there
   */
  public HashCache(Path file) {
    this.file = file;
  }

  /**
   * The hashes of all regular files among them, by name; those that are not known are read, several
   * at once.
   *
   * @throws IOException if a file cannot be read; that the cache cannot be is no error
   */
  public Map<String, FileHash> hash(List<FileTree.Found> files) throws IOException {
    Instant start = Instant.now();
    Map<String, Known> before = read();
    Map<String, Known> now = new ConcurrentHashMap<>();
    try {
      files.parallelStream()
          .filter(found -> !found.directory())
          .forEach(found -> now.put(found.name(), known(found, before.get(found.name()))));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!now.equals(before)) {
      write(now, start.minus(TOO_FRESH));
    }
    return now.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().hash()));
  }

  private static Known known(
      FileTree.Found found, @org.jspecify.annotations.Nullable Known before) {
    if (before != null && before.stat().equals(found.stat())) {
      return before;
    }
    try {
      return new Known(found.stat(), FileHash.of(found.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cache that cannot be read, or is another version's, knows nothing. */
  private Map<String, Known> read() {
    Map<String, Known> known = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] words = line.split(" ", WORDS);
        var stat =
            new FileTree.Stat(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]));
        var hash = new FileHash(words[4], Long.parseLong(words[5]), stat.size());
        known.put(Names.unescaped(words[6]), new Known(stat, hash));
      }
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return new HashMap<>();
    }
    return known;
  }

  private void write(Map<String, Known> all, Instant latest) {
    long limit = FileTree.Stat.nanos(latest);
    StringBuilder text = new StringBuilder();
    all.forEach((name, known) -> {
      FileTree.Stat stat = known.stat();
      if (stat.changed() < limit) {
        text.append(stat.size()).append(' ').append(stat.modified()).append(' ');
        text.append(stat.changed()).append(' ').append(stat.inode()).append(' ');
        text.append(known.hash().sha256()).append(' ').append(known.hash().crc()).append(' ');
        text.append(Names.escaped(name)).append('\n');
      }
    });
    try {
      replace(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // The next run reads the files again: slower, and as right.
      return;
    }
  }

  /** Puts a file in another's place, whole, for its owner alone. */
  public static void replace(Path file, byte[] content) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path parent = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(parent, "new", ".tmp", ownerOnly);
    try {
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
