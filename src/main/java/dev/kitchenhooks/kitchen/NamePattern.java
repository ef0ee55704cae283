package dev.kitchenhooks.kitchen;

/**
 * A name, or a glob over names: {@code *} stands for any number of characters, {@code ?} for one.
 * Everything else is literal, case included.
 *
 * @param text as written
 */
public record NamePattern(String text) {
  public boolean isGlob() {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Takes time linear in the name for each star, whatever the pattern. */
  public boolean matches(String name) {
    if (!isGlob()) {
      return text.equals(name);
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (p < text.length() && (text.charAt(p) == '?' || text.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        // Only the last star can still take more: earlier ones took the least that they need.
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
