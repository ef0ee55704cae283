package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.Position;

/**
 * Where something stands in a text.
 *
 * @param start of its first character, in characters of the text; a node's anchor and tag count
 * @param end just after its last one
 * @param place of its first character, for people
 */
record Span(int start, int end, Position place) {

  boolean isEmpty() {
    return start == end;
  }

  /** Characters before it on its line. */
  int indentation() {
    return place.column() - 1;
  }
}
