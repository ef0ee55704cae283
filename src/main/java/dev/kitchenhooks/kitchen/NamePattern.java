package dev.kitchenhooks.kitchen;

import java.util.function.Predicate;

/**
 * A name, or a {@link Glob} over names, without {@link Glob#fault}.
 *
 * @param text as written
 */
public record NamePattern(String text) {
  public boolean isGlob() {
    return Glob.isGlob(text);
  }

  /** Which names are meant, case included. Made once for many names. */
  public Predicate<String> matcher() {
    return Glob.matcher(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
