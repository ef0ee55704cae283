package dev.kitchenhooks.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fenced block of a page.
 *
 * @param page the page it stands on
 * @param line of its opening fence
 * @param language the first word after the fence; empty for a drawing
 * @param attributes the other words: {@code key=value}, or {@code key} alone with an empty value
 * @param lines what it holds
 */
record Block(
    String page, int line, String language, Map<String, String> attributes, List<String> lines) {

  /** What a reader types, and what the page says is seen then. */
  record Command(String where, String text, List<String> output) {}

  String where() {
    return page + ":" + line;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  Optional<String> attribute(String key) {
    return Optional.ofNullable(attributes.get(key));
  }

  boolean is(String wanted) {
    return language.equals(wanted);
  }

  /** The commands of a {@code console} block: each begins with {@code $}, its output follows. */
  List<Command> commands() {
    var commands = new ArrayList<Command>();
    for (int i = 0; i < lines.size(); i++) {
      String where = page + ":" + (line + 1 + i);
      if (!lines.get(i).startsWith("$ ")) {
        throw new IllegalStateException(where + ": a console block begins with \"$ \"");
      }
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).startsWith("$ ")) {
        end++;
      }
      commands.add(new Command(where, lines.get(i).substring(2), lines.subList(i + 1, end)));
      i = end - 1;
    }
    return commands;
  }
}
