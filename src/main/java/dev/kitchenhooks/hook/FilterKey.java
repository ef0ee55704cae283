package dev.kitchenhooks.hook;

/** The keys of {@code filters}, spelt as a definition spells them. */
public enum FilterKey {
  CHEF_ENVIRONMENT("chef_environment"),
  ROLES("roles"),
  NODES("nodes"),
  RECIPES("recipes"),
  TAGS("tags"),
  PLATFORM("platform"),
  COMMANDS("commands");

  private final String key;

  FilterKey(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
