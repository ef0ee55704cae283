package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each broken definition with the exact messages it gets. */
class BrokenDefinitionsTest {
  @TempDir Path dir;

  static List<Cases> cases() {
    return Cases.read("broken.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachFaultIsSaidOnceAtItsPlace(Cases broken) throws IOException {
    var kitchen = new TestKitchen(dir);
    for (Map.Entry<String, String> file : broken.files().entrySet()) {
      kitchen.definition(file.getKey(), file.getValue());
    }
    Loaded loaded = kitchen.load();
    assertThat(String.join("\n", TestKitchen.lines(loaded.problems())))
        .isEqualTo(String.join("\n", broken.expected()));
  }

  @Test
  void thereAreEnoughOfThem() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
  }
}
