package dev.kitchenhooks.kitchen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command into words by a POSIX shell's quoting rules: single and double quotes and the
 * backslash. Nothing is expanded.
 */
final class WordSplitter {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;
  private int at;

  private WordSplitter(String text) {
    this.text = text;
  }

  /** The words; empty if a quote is not closed or nothing follows a backslash. */
  static Optional<List<String>> split(String text) {
    var splitter = new WordSplitter(text);
    return splitter.run() ? Optional.of(List.copyOf(splitter.words)) : Optional.empty();
  }

  private boolean run() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      boolean closed =
          switch (c) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            default -> add(c);
          };
      if (!closed) {
        return false;
      }
    }
    return endWord();
  }

  private boolean add(char c) {
    word().append(c);
    return true;
  }

  private boolean endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
    return true;
  }

  private boolean singleQuoted() {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      return false;
    }
    word().append(text, at, end);
    at = end + 1;
    return true;
  }

  private boolean doubleQuoted() {
    StringBuilder into = word();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      // Inside double quotes a backslash is literal, but before these four.
      if (c == '\\' && at < text.length() && "\\\"$`".indexOf(text.charAt(at)) >= 0) {
        c = text.charAt(at++);
      }
      into.append(c);
    }
    return false;
  }

  private boolean escaped() {
    return at < text.length() && add(text.charAt(at++));
  }

  /** The word that is being read; a pair of quotes begins one even if nothing is in it. */
  private StringBuilder word() {
    StringBuilder current = word;
    if (current == null) {
      current = new StringBuilder();
      word = current;
    }
    return current;
  }
}
