package dev.kitchenhooks.json;

/**
 * A place in a text.
 *
 * @param line 1-based
 * @param column 1-based
 */
public record Position(int line, int column) {
  public static final Position START = new Position(1, 1);
}
