package dev.kitchenhooks.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a person most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known word nearest to {@code word}, if any is near enough to be worth saying: at most a
   * third of its letters, and at least one, may differ (insertions, deletions, replacements,
   * neighbours swapped).
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, word.length() / 3);
    record Candidate(String word, int distance) {}
    return known.stream()
        // Each letter too many is one that differs: no need to compare, however long the word is.
        .filter(k -> Math.abs(k.length() - word.length()) <= limit)
        .map(k -> new Candidate(k, distance(lower, k.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance <= limit)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  /** {@code did you mean "roles"?}, or null where nothing is near. */
  public static @org.jspecify.annotations.Nullable String hint(
      String word, Collection<String> known) {
    return to(word, known).map(k -> "did you mean \"" + k + "\"?").orElse(null);
  }

  /** Optimal string alignment distance. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
