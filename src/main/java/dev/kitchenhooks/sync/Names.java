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

  /** The last name of an absolute path. */
  static String last(Path file) {
    String name = file.getFileName().toString();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        // What the JVM's own encoding cannot say still has its bytes in the address.
        String path = decoded(file.toUri().getRawPath());
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.substring(plain.lastIndexOf('/') + 1);
      }
    }
    return name;
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
    if (name.indexOf('\\') < 0 && name.indexOf('\n') < 0 && name.indexOf('\r') < 0) {
      return name;
    }
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
}
