package dev.kitchenhooks.kitchen;

import java.util.Optional;

/**
 * One line of a run list drawn as a tree: an entry, what it contains below it.
 *
 * @param depth 0 for the entries of the run list itself
 * @param text the entry as written
 * @param name of the role or the recipe
 * @param role whether it is a role
 * @param remark why nothing stands below a role; empty where there is nothing to say
 */
public record RunListLine(
    int depth, String text, String name, boolean role, Optional<Remark> remark) {
  /** Why nothing stands below a role. */
  public enum Remark {
    MISSING("does not exist"),
    CYCLE("contains itself"),
    ABOVE("see above"),
    UNREAD("in Ruby, not read"),
    BROKEN("not valid");

    private final String words;

    Remark(String words) {
      this.words = words;
    }

    /** For a person. */
    public String words() {
      return words;
    }
  }
}
