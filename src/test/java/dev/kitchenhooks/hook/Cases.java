package dev.kitchenhooks.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Test cases as text: {@code === title}, files as {@code --- name} and their content, then {@code
 * >>>} and the lines expected.
 */
record Cases(String title, Map<String, String> files, List<String> expected) {
  static List<Cases> read(String resource) {
    var cases = new ArrayList<Cases>();
    for (String block : text(resource).split("(?m)^=== ", -1)) {
      if (!block.isBlank() && !block.startsWith("#")) {
        cases.add(parse(block));
      }
    }
    return cases;
  }

  static String text(String resource) {
    try (InputStream in = Cases.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cases parse(String block) {
    String[] halves = block.split("(?m)^>>>\n", 2);
    String[] parts = halves[0].split("(?m)^--- ", -1);
    var files = new LinkedHashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      files.put(parts[i].substring(0, end), parts[i].substring(end + 1).stripTrailing());
    }
    List<String> expected = halves[1].lines().filter(line -> !line.isBlank()).toList();
    return new Cases(parts[0].strip(), files, expected);
  }

  @Override
  public String toString() {
    return title;
  }
}
