package dev.kitchenhooks.ssh;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a known_hosts file, sshd(8) "SSH_KNOWN_HOSTS FILE FORMAT".
 *
 * @param hosts whom it speaks of
 * @param keyType as written, e.g. {@code ssh-ed25519}
 * @param key the public key in wire format
 * @param place {@code file:line}, for messages
 */
record KnownHostLine(Marker marker, HostNames hosts, String keyType, ByteBuffer key, String place) {

  /** What a line says of its key. */
  enum Marker {
    NONE,
    CERT_AUTHORITY,
    REVOKED
  }

  /** How a host is written in these files: {@code [host]:port} where the port is not 22. */
  static String nameOf(String hostName, int port) {
    String lower = hostName.toLowerCase(Locale.ROOT);
    return port == HostSettings.DEFAULT_PORT ? lower : "[" + lower + "]:" + port;
  }

  /** Empty for comments and for lines that are no known host; OpenSSH skips those too. */
  static Optional<KnownHostLine> parse(String text, Path file, int line) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.startsWith("#")) {
      return Optional.empty();
    }
    String[] words = trimmed.split("[ \t]+", -1);
    int at = 0;
    Marker marker = Marker.NONE;
    if (words[0].startsWith("@")) {
      switch (words[at++]) {
        case "@cert-authority" -> marker = Marker.CERT_AUTHORITY;
        case "@revoked" -> marker = Marker.REVOKED;
        default -> {
          return Optional.empty();
        }
      }
    }
    if (words.length < at + 3) {
      return Optional.empty();
    }
    try {
      ByteBuffer key = ByteBuffer.wrap(Base64.getDecoder().decode(words[at + 2]));
      return Optional.of(
          new KnownHostLine(
              marker,
              HostNames.parse(words[at]),
              words[at + 1],
              key.asReadOnlyBuffer(),
              file + ":" + line));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Whether this line speaks of the host, see {@link #nameOf}. */
  boolean appliesTo(String name) {
    return hosts.match(name);
  }
}
