package dev.kitchenhooks.vendor;

import dev.kitchenhooks.kitchen.KitchenConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What vendored cookbooks hang on, and what they are: the command, the file that names them with
 * its lock, and of each vendored file its name, size and time. Reading their content before every
 * run would cost more than it finds.
 */
record Fingerprint(KitchenConfig.Vendoring settings, Path directory) {

  /** One line for the state as it is now. */
  String text() throws IOException {
    MessageDigest digest = sha256();
    settings.command().forEach(word -> add(digest, word));
    add(digest, settings.source() + " " + settings.file() + " " + directory);
    for (Path file : List.of(settings.file(), lock())) {
      add(digest, Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
    }
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted().toList()) {
          add(digest, directory.relativize(file) + " " + state(file));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest()) + "\n";
  }

  private Path lock() {
    String name = settings.file().getFileName().toString();
    return settings
        .file()
        .resolveSibling(
            switch (settings.source()) {
              case BERKSHELF -> name + ".lock";
              case POLICYFILE -> name.replaceFirst("\\.rb$", "") + ".lock.json";
            });
  }

  private static String state(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    // The time of a directory says no more than the names in it, and the swap changes it.
    return attributes.isDirectory()
        ? "directory"
        : attributes.size() + " " + attributes.lastModifiedTime().toMillis();
  }

  /** Each with its length, so that no two lists of texts are the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
