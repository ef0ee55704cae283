package dev.kitchenhooks.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file holds, as the tools of a node name it.
 *
 * @param sha256 as {@code sha256sum} prints it
 * @param crc as {@code cksum} does: POSIX has it on every system
 * @param size in bytes
 */
public record FileHash(String sha256, long crc, long size) {
  private static final int CHUNK = 64 * 1024;

  public static FileHash of(byte[] content) {
    var crc = new PosixCrc();
    crc.update(content, content.length);
    return new FileHash(hex(newDigest().digest(content)), crc.value(), content.length);
  }

  /** Of a file's content. */
  public static FileHash of(Path file) throws IOException {
    MessageDigest sha = newDigest();
    var crc = new PosixCrc();
    long size = 0;
    byte[] chunk = new byte[Math.clamp(Files.size(file), 1, CHUNK)];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        sha.update(chunk, 0, count);
        crc.update(chunk, count);
        size += count;
      }
    }
    return new FileHash(hex(sha.digest()), crc.value(), size);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has it", e);
    }
  }
}
