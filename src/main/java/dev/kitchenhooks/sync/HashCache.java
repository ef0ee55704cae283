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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What files held when they were last hashed, so that a kitchen is read once and not once a run. A
 * file counts as unchanged while its size, mode, times and inode are the same: its time of change
 * (ctime) is the system's own, and nobody can set it back. Where all files are as they were, not
 * even their hashes are looked up.
 */
public final class HashCache {
  /** A file that has changed so shortly before may change again within the same tick. */
  private static final Duration TOO_FRESH = Duration.ofSeconds(2);

  private static final int WORDS = 4;

  private final Path directory;

  /**
   * @param directory where it is kept; exists
   */
  public HashCache(Path directory) {
    this.directory = directory;
  }

  /** Where a tree is described, each part by a line of one entry. */
  private Path listing() {
    return directory.resolve("listing");
  }

  private Path hashes() {
    return directory.resolve("hashes");
  }

  /**
   * What some files hold.
   *
   * @param id tells it from all other trees
   * @param entries asked for where the id is not enough
   */
  public record Hashed(String id, Lazy entries) {}

  /** Entries that may not have been looked at yet. */
  public interface Lazy {
    /**
     * @throws IOException if a file cannot be read
     */
    List<Entry> get() throws IOException;
  }

  /**
   * Hashes regular files, several at once; those that are not known are read.
   *
   * @throws IOException if a file cannot be read; that the cache cannot be is no error
   */
  public Hashed hash(List<FileTree.Found> files) throws IOException {
    Instant start = Instant.now();
    byte[] now = listing(files);
    Optional<String> known = idOf(now);
    if (known.isPresent()) {
      return new Hashed(known.get(), () -> entries(files, start));
    }
    List<Entry> entries = entries(files, start);
    String id = Hashing.SHA256.digest(Manifest.of(entries).text(Hashing.SHA256));
    if (files.stream().allMatch(found -> isSettled(found.stat(), start))) {
      keep(listing(), join((id + "\n").getBytes(StandardCharsets.US_ASCII), now));
    }
    return new Hashed(id, () -> entries);
  }

  /** The id of what was last hashed, if it was just so. */
  private Optional<String> idOf(byte[] now) {
    try {
      byte[] before = Files.readAllBytes(listing());
      int head = before.length - now.length;
      if (head > 1 && Arrays.equals(before, head, before.length, now, 0, now.length)) {
        return Optional.of(new String(before, 0, head - 1, StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // Nothing is known then.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static byte[] listing(List<FileTree.Found> files) {
    var text = new StringBuilder(files.size() * 100);
    for (FileTree.Found found : files) {
      text.append(found.directory() ? 'd' : 'f').append(' ').append(found.mode()).append(' ');
      if (!found.directory()) {
        stat(text, found.stat());
      }
      text.append(Names.escaped(found.name())).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void stat(StringBuilder text, FileTree.Stat stat) {
    text.append(stat.size()).append(':').append(stat.modified()).append(':');
    text.append(stat.changed()).append(':').append(stat.inode()).append(' ');
  }

  private static boolean isSettled(FileTree.Stat stat, Instant at) {
    return stat.changed() < FileTree.Stat.nanos(at.minus(TOO_FRESH));
  }

  private List<Entry> entries(List<FileTree.Found> files, Instant start) throws IOException {
    Map<String, FileHash> before = read();
    Map<String, FileHash> now = new ConcurrentHashMap<>();
    try {
      files.parallelStream()
          .filter(found -> !found.directory())
          .forEach(found -> now.put(key(found), hash(found, before)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!before.keySet().containsAll(now.keySet())) {
      write(files, now, start);
    }
    var entries = new ArrayList<Entry>(files.size());
    for (FileTree.Found found : files) {
      FileHash hash = found.directory() ? null : now.get(key(found));
      entries.add(
          hash == null
              ? new Entry.Directory(found.name(), found.mode())
              : new Entry.RegularFile(found.name(), found.mode(), hash));
    }
    return entries;
  }

  private static String key(FileTree.Found found) {
    var text = new StringBuilder();
    stat(text, found.stat());
    return text.append(Names.escaped(found.name())).toString();
  }

  private static FileHash hash(FileTree.Found found, Map<String, FileHash> before) {
    FileHash known = before.get(key(found));
    if (known != null) {
      return known;
    }
    try {
      return FileHash.of(found.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cache that cannot be read, or is another version's, knows nothing. */
  private Map<String, FileHash> read() {
    Map<String, FileHash> known = new HashMap<>();
    try {
      for (String line : Files.readAllLines(hashes(), StandardCharsets.ISO_8859_1)) {
        String[] words = line.split(" ", WORDS);
        known.put(
            words[3], new FileHash(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])));
      }
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return new HashMap<>();
    }
    return known;
  }

  private void write(List<FileTree.Found> files, Map<String, FileHash> all, Instant start) {
    var text = new StringBuilder();
    for (FileTree.Found found : files) {
      FileHash hash = all.get(key(found));
      if (hash != null && !found.directory() && isSettled(found.stat(), start)) {
        text.append(hash.sha256()).append(' ').append(hash.crc()).append(' ');
        text.append(hash.size()).append(' ').append(key(found)).append('\n');
      }
    }
    keep(hashes(), text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void keep(Path file, byte[] content) {
    try {
      replace(file, content);
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
