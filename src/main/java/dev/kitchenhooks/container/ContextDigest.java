package dev.kitchenhooks.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A digest of all that an image is built from: names, permissions and contents. */
final class ContextDigest {
  private static final int BUFFER = 1 << 16;
  private static final int SHOWN = 16;

  private final MessageDigest digest;

  private ContextDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The digest of a context, as 16 hexadecimal digits.
   *
   * @param dockerfile the file in it to build from
   */
  static String of(Path context, Path dockerfile) throws IOException {
    var digest = new ContextDigest();
    digest.text(context.relativize(dockerfile).toString());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(context)) {
      files = walk.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      digest.file(context, file);
    }
    return HexFormat.of().formatHex(digest.digest.digest()).substring(0, SHOWN);
  }

  private void file(Path context, Path file) throws IOException {
    text(context.relativize(file).toString());
    if (Files.isSymbolicLink(file)) {
      text("link");
      text(Files.readSymbolicLink(file).toString());
      return;
    }
    text(
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      text(Long.toString(Files.size(file)));
      var buffer = new byte[BUFFER];
      try (InputStream in = Files.newInputStream(file)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
        }
      }
    }
  }

  /** Ends with what no name contains, so that no two contexts run into the same bytes. */
  private void text(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
