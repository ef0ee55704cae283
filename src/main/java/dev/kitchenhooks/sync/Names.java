package dev.kitchenhooks.sync;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * File names are bytes, in whatever encoding: here a character stands for each. In a line of a
 * manifest a backslash, a line end and a carriage return are written with a backslash, as {@code
 * sha256sum} does.
 */
final class Names {
  private Names() {}

  /**
   * @param top absolute
   * @param file absolute, below it
   */
  static String below(Path top, Path file) {
    String name = top.relativize(file).toString();
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    // What the JVM's own encoding cannot say still has its bytes in the address.
    return decoded(file.toUri().getRawPath())
        .substring(decoded(top.toUri().getRawPath()).length())
        .replaceFirst("^/", "")
        .replaceFirst("/$", "");
  }

  private static String decoded(String percents) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < percents.length(); i++) {
      char c = percents.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(percents, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        name.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** A name that is known as text. */
  static String ofText(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
