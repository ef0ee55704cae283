package dev.kitchenhooks.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A page of documentation.
 *
 * @param name its path from the top of the repository
 * @param prose its lines, those inside of fenced blocks left empty
 * @param blocks its fenced blocks
 */
record Page(String name, List<String> prose, List<Block> blocks) {
  private static final String FENCE = "```";

  /** README.md and all of docs/. */
  static List<Page> all() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(Page::read)
          .toList();
    }
  }

  static Page read(Path file) {
    try {
      return parse(file.toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page parse(String name, List<String> lines) {
    var prose = new ArrayList<String>();
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) {
        prose.add(lines.get(i));
        continue;
      }
      int end = i + 1;
      while (!lines.get(end).equals(FENCE)) {
        end++;
      }
      blocks.add(block(name, i + 1, lines.get(i), lines.subList(i + 1, end)));
      for (int j = i; j <= end; j++) {
        prose.add("");
      }
      i = end;
    }
    return new Page(name, List.copyOf(prose), List.copyOf(blocks));
  }

  private static Block block(String page, int line, String fence, List<String> lines) {
    String[] words = fence.substring(FENCE.length()).strip().split(" ", -1);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      attributes.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return new Block(page, line, words[0], attributes, List.copyOf(lines));
  }

  @Override
  public String toString() {
    return name;
  }
}
