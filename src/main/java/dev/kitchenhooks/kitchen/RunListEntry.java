package dev.kitchenhooks.kitchen;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a run list.
 *
 * @param kind role or recipe
 * @param name of a role: its path below {@code roles/}; of a recipe: {@code cookbook} or {@code
 *     cookbook::recipe}, without version
 * @param text as written
 */
record RunListEntry(Kind kind, String name, String text) {
  enum Kind {
    ROLE,
    RECIPE
  }

  /** What to write instead of something that is none. */
  static final String FORMS = "write \"role[NAME]\", \"recipe[NAME]\" or \"recipe[NAME@1.2.3]\"";

  // The forms that Chef's own RunListItem accepts.
  private static final Pattern ROLE = Pattern.compile("role\\[([^\\]\\[\\s]+)\\]");
  private static final String NAME_AND_VERSION = "([^\\]\\[@\\s]+)(?:@\\d+(?:\\.\\d+){1,2})?";
  private static final Pattern RECIPE =
      Pattern.compile("recipe\\[" + NAME_AND_VERSION + "\\]|" + NAME_AND_VERSION);

  boolean isRole(String role) {
    return kind == Kind.ROLE && name.equals(role);
  }

  /** Reads an entry; empty where the text is none. */
  static Optional<RunListEntry> parse(String text) {
    Matcher role = ROLE.matcher(text);
    if (role.matches()) {
      return Optional.of(new RunListEntry(Kind.ROLE, role.group(1), text));
    }
    Matcher recipe = RECIPE.matcher(text);
    if (recipe.matches()) {
      String name = recipe.group(1) == null ? recipe.group(2) : recipe.group(1);
      return Optional.of(new RunListEntry(Kind.RECIPE, withoutDefault(name), text));
    }
    return Optional.empty();
  }

  /** {@code nginx::default} is {@code nginx}. */
  static String withoutDefault(String recipe) {
    return recipe.endsWith("::default")
        ? recipe.substring(0, recipe.length() - "::default".length())
        : recipe;
  }
}
