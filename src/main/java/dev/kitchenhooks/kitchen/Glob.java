package dev.kitchenhooks.kitchen;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Patterns of orders and of filter values: {@code *} any text, {@code ?} any one character, {@code
 * [abc]}, {@code [a-z]} and {@code [!abc]} one character of a set; all else stands for itself.
 * Matched without regular expressions, in time proportional to pattern times text at worst: a
 * definition must not be able to hang a run.
 */
public final class Glob {
  private Glob() {}

  /** Whether a pattern stands for more than itself. */
  public static boolean isGlob(String pattern) {
    return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0 || pattern.indexOf('[') >= 0;
  }

  /** What is wrong with a pattern's form, if anything is. */
  public static Optional<String> fault(String pattern) {
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

  /**
   * Whether the whole of a text matches. Made once a pattern, as a fleet's names are many; a
   * pattern must be without {@link #fault}.
   */
  public static Predicate<String> matcher(String pattern) {
    if (!isGlob(pattern)) {
      return pattern::equals;
    }
    return pattern.indexOf('?') < 0 && pattern.indexOf('[') < 0
        ? onlyStars(pattern)
        : text -> matches(pattern, text);
  }

  /** Most globs: the text begins and ends with literal pieces, and has the others between them. */
  private static Predicate<String> onlyStars(String pattern) {
    String[] pieces = pattern.split("\\*", -1);
    String first = pieces[0];
    String last = pieces[pieces.length - 1];
    return text -> {
      int from = first.length();
      int end = text.length() - last.length();
      if (from > end || !text.startsWith(first) || !text.endsWith(last)) {
        return false;
      }
      for (int i = 1; i < pieces.length - 1; i++) {
        int at = text.indexOf(pieces[i], from);
        if (at < 0 || at + pieces[i].length() > end) {
          return false;
        }
        from = at + pieces[i].length();
      }
      return true;
    };
  }

  private static boolean matches(String pattern, String text) {
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
