package dev.kitchenhooks.hook;

import java.util.Optional;

/**
 * Patterns of filter values: {@code *} any text, {@code ?} any one character, {@code [abc]}, {@code
 * [a-z]} and {@code [!abc]} one character of a set; all else stands for itself. Matched without
 * regular expressions, in time proportional to pattern times text at worst: a definition must not
 * be able to hang a run.
 */
final class Glob {
  private Glob() {}

  /** Whether a pattern stands for more than itself. */
  static boolean isGlob(String pattern) {
    return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0 || pattern.indexOf('[') >= 0;
  }

  /** What is wrong with a pattern's form, if anything is. */
  static Optional<String> fault(String pattern) {
    int i = 0;
    while (i < pattern.length()) {
      if (pattern.charAt(i) == '[') {
        int end = setEnd(pattern, i);
        if (end < 0) {
          return Optional.of("has a \"[\" without its \"]\"");
        }
        if (end == membersStart(pattern, i)) {
          return Optional.of("has an empty \"[]\"");
        }
        i = end;
      }
      i++;
    }
    return Optional.empty();
  }

  /** Whether the whole text matches. The pattern must be without {@link #fault}. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int afterStar = -1;
    int starMatchedTo = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        afterStar = ++p;
        starMatchedTo = t;
      } else if (p < pattern.length() && matchesOne(pattern, p, text.charAt(t))) {
        p = next(pattern, p);
        t++;
      } else if (afterStar >= 0) {
        // Only the last star has to be tried again: what stood before it has matched as early as
        // it could.
        p = afterStar;
        t = ++starMatchedTo;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean matchesOne(String pattern, int p, char c) {
    char expected = pattern.charAt(p);
    return switch (expected) {
      case '?' -> true;
      case '[' -> setContains(pattern, p, c);
      default -> expected == c;
    };
  }

  private static int next(String pattern, int p) {
    return pattern.charAt(p) == '[' ? setEnd(pattern, p) + 1 : p + 1;
  }

  private static boolean setContains(String pattern, int open, char c) {
    int end = setEnd(pattern, open);
    int i = membersStart(pattern, open);
    boolean negated = i > open + 1;
    while (i < end) {
      char low = pattern.charAt(i);
      boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
      char high = range ? pattern.charAt(i + 2) : low;
      if (low <= c && c <= high) {
        return !negated;
      }
      i += range ? 3 : 1;
    }
    return negated;
  }

  private static int membersStart(String pattern, int open) {
    return open + 1 < pattern.length() && pattern.charAt(open + 1) == '!' ? open + 2 : open + 1;
  }

  private static int setEnd(String pattern, int open) {
    return pattern.indexOf(']', open + 1);
  }
}
