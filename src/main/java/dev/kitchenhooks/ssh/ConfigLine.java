package dev.kitchenhooks.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of an ssh_config, split as OpenSSH's {@code strdelim} and {@code argv_split} do: {@code
 * Keyword words}, {@code keyword=words}, quotes, escapes, a comment at the end.
 *
 * @param keyword in lower case
 */
record ConfigLine(String keyword, List<String> words) {

  /**
   * Empty for blank lines and comments.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static Optional<ConfigLine> parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean quoted = text.startsWith("\"");
    int end = quoted ? text.indexOf('"', 1) : keywordEnd(text);
    if (end < 0) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    String keyword = text.substring(quoted ? 1 : 0, end).toLowerCase(Locale.ROOT);
    String rest = text.substring(quoted ? end + 1 : end).stripLeading();
    if (rest.startsWith("=") && !quoted) {
      rest = rest.substring(1).stripLeading();
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("nothing comes after " + keyword);
    }
    return Optional.of(new ConfigLine(keyword, split(rest)));
  }

  private static int keywordEnd(String text) {
    int end = 0;
    while (end < text.length() && " \t=\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static List<String> split(String text) {
    var words = new ArrayList<String>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t') {
        i++;
      } else if (c == '#') {
        break;
      } else {
        i = word(text, i, words);
      }
    }
    return List.copyOf(words);
  }

  /** Takes one word from {@code start} on; returns where it ends. */
  private static int word(String text, int start, List<String> words) {
    var word = new StringBuilder();
    char quote = 0;
    int i = start;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && escapes(text.charAt(i + 1), quote)) {
        word.append(text.charAt(++i));
      } else if (quote == 0 && (c == ' ' || c == '\t')) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    words.add(word.toString());
    return i;
  }

  private static boolean escapes(char next, char quote) {
    return next == '\'' || next == '"' || next == '\\' || (next == ' ' && quote == 0);
  }
}
