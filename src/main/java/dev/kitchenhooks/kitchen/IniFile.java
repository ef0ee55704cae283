package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.Position;
import java.util.List;

/**
 * An INI file as it stands, nothing merged or interpolated yet.
 *
 * @param file as shown in problems
 * @param sections in file order; a name may occur again
 */
record IniFile(String file, List<Section> sections) {
  /**
   * A {@code [section]} with its keys.
   *
   * @param name case counts
   */
  record Section(String name, Position place, List<Entry> entries) {}

  /**
   * A key with its value.
   *
   * @param key in lower case
   * @param value lines of a value of several are joined by line feeds
   * @param valuePlace where the value starts, or would
   */
  record Entry(String file, String key, Position keyPlace, String value, Position valuePlace) {}
}
