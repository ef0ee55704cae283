package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.schema.Wording;

/** How the schema's faults are told of a hook definition. */
final class DefinitionWording implements Wording {
  @Override
  public String whole() {
    return "a hook definition";
  }

  /** Types depend on the kitchen's phases: {@link TypesReader} says what is wrong with them. */
  @Override
  public boolean leavesOut(String pointer) {
    return pointer.equals("/type") || pointer.startsWith("/type/");
  }

  @Override
  public boolean suggests(String key) {
    return !key.equals(FiltersReader.MISSPELT_ENVIRONMENT);
  }

  @Override
  public String insteadOfEmptyList() {
    return "leave the key out to match all";
  }

  @Override
  public NameFault wrongName(String name) {
    return name.startsWith("FIX_")
        ? new NameFault(
            JsonText.quoted(name) + ": variables that start with FIX_ are set by fix itself", null)
        : new NameFault(
            JsonText.quoted(name) + " is not a variable's name",
            "letters, digits and _, not starting with a digit");
  }
}
