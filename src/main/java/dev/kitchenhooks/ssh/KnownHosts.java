package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The known_hosts files, each read once for all connections. Thread-safe. */
final class KnownHosts {
  /** The length of OpenSSH's own salts, that of a SHA-1. */
  private static final int SALT_BYTES = 20;

  private final Map<Path, List<KnownHostLine>> files = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * The lines that speak of a host, of all files in order. A file that is not there has none.
   *
   * @throws IOException if a file is there and cannot be read
   */
  List<KnownHostLine> about(String name, List<Path> paths) throws IOException {
    var found = new ArrayList<KnownHostLine>();
    for (Path path : paths) {
      for (KnownHostLine line : lines(path)) {
        if (line.appliesTo(name)) {
          found.add(line);
        }
      }
    }
    return found;
  }

  private List<KnownHostLine> lines(Path path) throws IOException {
    List<KnownHostLine> lines = files.get(path);
    if (lines == null) {
      lines = read(path);
      List<KnownHostLine> other = files.putIfAbsent(path, lines);
      return other == null ? lines : other;
    }
    return lines;
  }

  private static List<KnownHostLine> read(Path path) throws IOException {
    try {
      // Latin-1 takes any byte; names and keys are ASCII, and comments do not matter.
      return parse(Files.readString(path, StandardCharsets.ISO_8859_1), path);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }

  private static List<KnownHostLine> parse(String text, Path path) {
    var lines = new ArrayList<KnownHostLine>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      KnownHostLine.parse(line, path, ++number).ifPresent(lines::add);
    }
    return List.copyOf(lines);
  }

  /**
   * Writes a new key down, unless another process or thread wrote one for that host meanwhile:
   * whoever calls looks again afterwards.
   *
   * @throws IOException if the file cannot be written
   */
  synchronized void addIfUnknown(
      String name, String keyType, byte[] key, Path path, boolean hashName) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      remember(name, keyType, key, path);
      return;
    }
    createIfAbsent(path);
    try (var file =
            FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        var lock = file.lock()) {
      if (!lock.isValid()) {
        throw new IOException("cannot lock " + path);
      }
      String text = readAll(file);
      if (parse(text, path).stream().noneMatch(line -> line.appliesTo(name))) {
        String host = hashName ? HostNames.hashed(salt(), name) : name;
        String line = line(host, keyType, key) + "\n";
        String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        // One write, so that a reader without the lock sees all of the line or nothing.
        file.position(file.size());
        file.write(ByteBuffer.wrap((separator + line).getBytes(StandardCharsets.US_ASCII)));
        text += separator + line;
      }
      files.put(path, parse(text, path));
    }
  }

  /** For those who say /dev/null and mean it: known until the end of the run. */
  private void remember(String name, String keyType, byte[] key, Path path) throws IOException {
    var lines = new ArrayList<>(lines(path));
    KnownHostLine.parse(line(name, keyType, key), path, lines.size() + 1).ifPresent(lines::add);
    files.put(path, List.copyOf(lines));
  }

  private static String line(String host, String keyType, byte[] key) {
    return host + " " + keyType + " " + Base64.getEncoder().encodeToString(key);
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private static String readAll(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // Reads on until the buffer, which is as large as the file, is full.
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }

  private static void createIfAbsent(Path path) throws IOException {
    if (Files.exists(path)) {
      return;
    }
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        .close();
  }
}
