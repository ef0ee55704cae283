package dev.kitchenhooks.plugin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * One file that is different.
 *
 * @param change {@code A} added, {@code M} changed, {@code D} deleted
 * @param path relative to the plugin
 */
public record FileChange(char change, String path) {
  /**
   * @param encoded the path as in a {@link Manifest}
   */
  static FileChange of(char change, String encoded) {
    // In a URL's path a plus is a plus.
    return new FileChange(
        change, URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  /** The change as a word. */
  public String word() {
    return switch (change) {
      case 'A' -> "added";
      case 'D' -> "deleted";
      default -> "changed";
    };
  }
}
