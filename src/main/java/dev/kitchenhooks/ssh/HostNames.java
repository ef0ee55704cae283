package dev.kitchenhooks.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whom a line of known_hosts speaks of: patterns, or one name that only its hash is known of. */
sealed interface HostNames {
  /** {@code |1|salt|hash}, both in Base64. */
  String HASH_MARK = "|1|";

  /**
   * @param name in lower case
   */
  boolean match(String name);

  /**
   * @throws IllegalArgumentException if it is a hash that cannot be one
   */
  static HostNames parse(String word) {
    if (!word.startsWith(HASH_MARK)) {
      return new Patterns(List.of(word.toLowerCase(Locale.ROOT).split(",", -1)));
    }
    String[] parts = word.substring(HASH_MARK.length()).split("\\|", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("no hashed name");
    }
    return new Hashed(Base64.getDecoder().decode(parts[0]), Base64.getDecoder().decode(parts[1]));
  }

  /** The name as {@code HashKnownHosts} has it written. */
  static String hashed(byte[] salt, String name) {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] hash = Hashed.hash(Hashed.key(salt), name);
    return HASH_MARK + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
  }

  /** In the clear, with wildcards and negations. */
  record Patterns(List<String> patterns) implements HostNames {
    @Override
    public boolean match(String name) {
      return PatternList.matches(patterns, name);
    }
  }

  /** Every name has to be hashed with the salt of every line: so all else is done beforehand. */
  final class Hashed implements HostNames {
    private static final String ALGORITHM = "HmacSHA1";

    private final Key key;
    private final byte[] hash;

    private Hashed(byte[] salt, byte[] hash) {
      this.key = key(salt);
      this.hash = hash;
    }

    @Override
    public boolean match(String name) {
      return MessageDigest.isEqual(hash, hash(key, name));
    }

    private static Key key(byte[] salt) {
      return new SecretKeySpec(salt, ALGORITHM);
    }

    private static byte[] hash(Key key, String name) {
      try {
        Mac hmac = Mac.getInstance(ALGORITHM);
        hmac.init(key);
        return hmac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HmacSHA1", e);
      }
    }
  }
}
