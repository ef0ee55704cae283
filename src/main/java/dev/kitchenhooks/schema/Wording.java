package dev.kitchenhooks.schema;

import dev.kitchenhooks.json.JsonText;
import org.jspecify.annotations.Nullable;

/** What is said differently of each kind of file. */
public interface Wording {
  /** What the file is: {@code a hook definition}. */
  String whole();

  /** Whether something else says what is wrong with the value at a pointer. */
  default boolean leavesOut(String pointer) {
    return false;
  }

  /** Whether a key may be suggested in the place of an unknown one. */
  default boolean suggests(String key) {
    return true;
  }

  /** What to do instead of writing an empty list, or null where there is nothing to say. */
  default @Nullable String insteadOfEmptyList() {
    return null;
  }

  /** What is wrong with the name of a member that may have any, but for some. */
  default NameFault wrongName(String name) {
    return new NameFault(JsonText.quoted(name) + " cannot be a name", null);
  }

  /**
   * @param message what is wrong with a name
   * @param hint what names look like
   */
  record NameFault(String message, @Nullable String hint) {}
}
