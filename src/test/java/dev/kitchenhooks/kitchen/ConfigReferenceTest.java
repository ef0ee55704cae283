package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of {@code littlechef.cfg} names every key that is read, and no other. */
class ConfigReferenceTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `\\[([a-z-]+)\\]` `([A-Za-z_-]+)` \\|.*$");

  @Test
  void everyKeyHasARow() throws IOException {
    String page = Files.readString(Path.of("docs", "reference.md"));
    var used = new TreeSet<String>();
    ROW.matcher(page).results().forEach(row -> used.add(row.group(1) + "/" + row.group(2)));
    assertThat(used).isEqualTo(names(ConfigKeys.USED));
  }

  private static Set<String> names(Map<String, List<String>> keys) {
    var names = new TreeSet<String>();
    keys.forEach((section, all) -> all.forEach(key -> names.add(section + "/" + key)));
    return names;
  }
}
