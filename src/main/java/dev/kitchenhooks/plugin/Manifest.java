package dev.kitchenhooks.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a directory, one line each: a directory, a file with the hash of its content, the
 * same executable, a link with its target. Names and targets are written as in a URL, byte by byte,
 * so that no locale matters. The digest of a tree is that of this text.
 *
 * @param entries what is said of each path, sorted by path
 */
record Manifest(SortedMap<String, String> entries) {
  private static final HexFormat HEX = HexFormat.of();
  private static final int BUFFER = 1 << 16;

  /** Reads a directory, links not followed. */
  static Manifest of(Path root) throws IOException {
    var reader = new TreeReader(root);
    Files.walkFileTree(root, reader);
    return new Manifest(reader.entries);
  }

  /** What {@link #text} has written. */
  static Manifest parse(String text) {
    var entries = new TreeMap<String, String>();
    text.lines()
        .forEach(line ->
            entries.put(
                line.substring(line.lastIndexOf(' ') + 1),
                line.substring(0, Math.max(0, line.lastIndexOf(' ')))));
    return new Manifest(entries);
  }

  /** One line for each entry, sorted by path. */
  String text() {
    var text = new StringBuilder();
    entries.forEach((path, what) -> text.append(what).append(' ').append(path).append('\n'));
    return text.toString();
  }

  /** {@code sha256:} and the hash of {@link #text} in hexadecimal. */
  String digest() {
    byte[] hash = sha256().digest(text().getBytes(StandardCharsets.US_ASCII));
    return "sha256:" + HEX.formatHex(hash);
  }

  /** What is different from an older one: added, changed or deleted, sorted by path. */
  List<FileChange> since(Manifest older) {
    var changes = new TreeMap<String, FileChange>();
    entries.forEach((path, what) -> {
      String before = older.entries.get(path);
      if (!what.equals(before) && !(before == null && isDirectory(what))) {
        changes.put(path, FileChange.of(before == null ? 'A' : 'M', path));
      }
    });
    older.entries.forEach((path, what) -> {
      if (!entries.containsKey(path) && !isDirectory(what)) {
        changes.put(path, FileChange.of('D', path));
      }
    });
    return List.copyOf(changes.values());
  }

  /** The same with directories, for whom nothing may be different. */
  List<FileChange> anythingSince(Manifest older) {
    List<FileChange> changes = since(older);
    if (!changes.isEmpty()) {
      return changes;
    }
    var all = new ArrayList<FileChange>();
    entries.keySet().stream()
        .filter(path -> !older.entries.containsKey(path))
        .forEach(path -> all.add(FileChange.of('A', path)));
    older.entries.keySet().stream()
        .filter(path -> !entries.containsKey(path))
        .forEach(path -> all.add(FileChange.of('D', path)));
    return all;
  }

  private static boolean isDirectory(String what) {
    return what.startsWith("d");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Goes through a directory. */
  private static final class TreeReader extends SimpleFileVisitor<Path> {
    private final SortedMap<String, String> entries = new TreeMap<>();
    private final Path root;
    private final String top;
    private final String prefix;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[BUFFER];

    TreeReader(Path root) {
      this.root = root;
      this.top = root + "/";
      this.prefix = encoded(root) + "/";
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      if (!dir.equals(root)) {
        entries.put(name(dir), "d -");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      entries.put(name(file), what(file, attributes));
      return FileVisitResult.CONTINUE;
    }

    private String what(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        Path target = Files.readSymbolicLink(file);
        String fromTop = encoded(Path.of("/").resolve(target));
        return "l " + (target.isAbsolute() ? fromTop : fromTop.substring(1));
      }
      return attributes.isRegularFile()
          ? (isExecutable(file) ? "x " : "f ") + hash(file)
          : "o -"; // a pipe, a socket: git has none
    }

    private static boolean isExecutable(Path file) throws IOException {
      return Files.readAttributes(file, PosixFileAttributes.class)
          .permissions()
          .contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private String hash(Path file) throws IOException {
      digest.reset();
      try (InputStream in = Files.newInputStream(file)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
        }
      }
      return HEX.formatHex(digest.digest());
    }

    /** Relative to the top. Most names are plain, and a URL is dear. */
    private String name(Path path) {
      String text = path.toString();
      String plain = text.startsWith(top) ? text.substring(top.length()) : "";
      return !plain.isEmpty() && plain.chars().allMatch(TreeReader::isPlain)
          ? plain
          : encoded(path).substring(prefix.length());
    }

    /** Whether a character stands for itself in a URL. */
    private static boolean isPlain(int c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '.'
          || c == '/'
          || c == '-'
          || c == '_';
    }

    /** An absolute path as bytes, whatever the locale: those that are not plain as %XX. */
    private static String encoded(Path path) {
      @Nullable String raw = path.toUri().getRawPath();
      if (raw == null) {
        throw new IllegalStateException("no path: " + path.toUri());
      }
      return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }
  }
}
