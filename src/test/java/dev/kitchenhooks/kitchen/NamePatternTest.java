package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void asTheRegularExpressionOfTheSameMeaning(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String pattern = word(random, "ab.*?", 8);
      String name = word(random, "ab.", 10);
      String regex =
          pattern
              .chars()
              .mapToObj(
                  c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
              .reduce("", String::concat);
      assertThat(new NamePattern(pattern).matcher().test(name))
          .as("%s on %s", pattern, name)
          .isEqualTo(name.matches(regex));
    }
  }

  @Test
  void manyStarsTakeNoTime() {
    assertThat(new NamePattern("*a".repeat(2_000) + "b").matcher().test("a".repeat(4_000)))
        .isFalse();
  }

  private static String word(Random random, String letters, int longest) {
    var word = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
