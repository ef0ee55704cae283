package dev.kitchenhooks.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The kitchen that is packaged with {@code fix}. */
final class ShippedKitchen {
  private ShippedKitchen() {}

  /** Copies it into a directory that is made. */
  static void copyTo(Path directory) throws IOException {
    URL packaged = ShippedKitchen.class.getResource("kitchen");
    if (packaged == null) {
      throw new IllegalStateException("not packaged: the kitchen");
    }
    URI uri;
    try {
      uri = packaged.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (uri.getScheme().equals("file")) {
      copy(Path.of(uri), directory);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        copy(jar.provider().getPath(uri), directory);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
        continue;
      }
      Files.write(target, Files.readAllBytes(file));
      // A jar knows no permissions: what lies in hooks/ is what is run.
      boolean program = target.getParent() != null && target.getParent().endsWith("hooks");
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  /** The nodes of a kitchen, by the names of their files, sorted. */
  static List<String> nodes(Path kitchen) throws IOException {
    try (Stream<Path> files = Files.list(kitchen.resolve("nodes"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }
}
