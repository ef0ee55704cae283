package dev.kitchenhooks.chef;

import dev.kitchenhooks.sync.HashCache;
import dev.kitchenhooks.sync.Hashing;
import dev.kitchenhooks.sync.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What was sent before, so that a node need only name it. All of it can be lost: then nodes are
 * asked, and files read.
 *
 * @param directory exists
 */
record Memory(Path directory) {
  /** The id of an empty kitchen. */
  static final String NOTHING = "none";

  private static final String SUFFIX = ".manifest.gz";
  private static final int KEPT = 20;

  HashCache hashes() {
    return new HashCache(directory);
  }

  /** Remembers what a kitchen holds, and forgets the oldest. */
  void keep(String id, Manifest manifest) {
    Path file = file(id);
    try {
      if (has(id)) {
        return;
      }
      var bytes = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(manifest.text(Hashing.SHA256));
      }
      HashCache.replace(file, bytes.toByteArray());
      forgetOld();
    } catch (IOException e) {
      // A full disk here is no reason not to deploy: nodes will be asked what they have.
      return;
    }
  }

  /** Whether a kitchen is remembered; it is no longer among the oldest then. */
  boolean has(String id) {
    try {
      Files.setLastModifiedTime(file(id), FileTime.from(Instant.now()));
      return true;
    } catch (IOException notThere) {
      return false;
    }
  }

  private void forgetOld() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(directory)) {
      all =
          files
              .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
              .sorted(Comparator.comparing(Memory::age).reversed())
              .toList();
    }
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException goneMeanwhile) {
      return FileTime.fromMillis(0);
    }
  }

  /** The stamps by SHA-256 of what was kept. */
  Optional<Map<String, String>> recall(String id) {
    if (id.equals(NOTHING)) {
      return Optional.of(Map.of());
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file(id))))) {
      return Optional.of(Manifest.stamps(gzip.readAllBytes()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }
}
