package dev.kitchenhooks.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file, sshd(8) "SSH_KNOWN_HOSTS FILE FORMAT".
 *
 * @param hosts patterns, or one hashed name ({@code |1|salt|hash})
 * @param keyType as written, e.g. {@code ssh-ed25519}
 * @param key the public key in wire format
 * @param place {@code file:line}, for messages
 */
record KnownHostLine(
    Marker marker, List<String> hosts, String keyType, ByteBuffer key, String place) {

  /** What a line says of its key. */
  enum Marker {
    NONE,
    CERT_AUTHORITY,
    REVOKED
  }

  private static final String HASH_MARK = "|1|";

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
              marker, hosts(words[at]), words[at + 1], key.asReadOnlyBuffer(), file + ":" + line));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static List<String> hosts(String word) {
    return word.startsWith(HASH_MARK)
        ? List.of(word)
        : List.of(word.toLowerCase(Locale.ROOT).split(",", -1));
  }

  /** Whether this line speaks of the host, see {@link #nameOf}. */
  boolean appliesTo(String name) {
    String first = hosts.getFirst();
    return first.startsWith(HASH_MARK)
        ? hashMatches(first.substring(HASH_MARK.length()), name)
        : PatternList.matches(hosts, name);
  }

  private static boolean hashMatches(String saltAndHash, String name) {
    String[] parts = saltAndHash.split("\\|", -1);
    if (parts.length != 2) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts[0]);
      return MessageDigest.isEqual(Base64.getDecoder().decode(parts[1]), hash(salt, name));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** The host's name as {@code HashKnownHosts} has it written. */
  static String hashed(byte[] salt, String name) {
    Base64.Encoder base64 = Base64.getEncoder();
    return HASH_MARK + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, name));
  }

  private static byte[] hash(byte[] salt, String name) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA1");
      hmac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return hmac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}
