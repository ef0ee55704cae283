package dev.kitchenhooks.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain ünïcode 😀|plain ünïcode 😀",
        "a\tb|a\tb",
        "\u001b[1;31mred\u001b[0m|red",
        "\u001b[2J\u001b[10;10Hhome|home",
        "\u001b]0;title\u0007after|after",
        "\u001b]8;;http://x\u001b\\link|link",
        "\u001bPdevice\u001b\\x|x",
        "\u001bcreset|reset",
        "\u009b31mc1|c1",
        "bell\u0007|bell\uFFFD",
        "left\u202eright|left\uFFFDright",
        "cut off \u001b[|cut off",
        "lone \u001b|lone \uFFFD",
      })
  void isWhatTheTextSays(String text, String plain) {
    assertThat(PlainText.of(text)).isEqualTo(plain);
  }

  @Test
  void aProgressBarStaysReadableAndALineEndOfDosGoes() {
    assertThat(PlainText.of("10%\r20%\r\n")).isEqualTo("10% 20%");
  }

  /** Whatever comes, nothing of it drives a terminal, and what is plain stays as it is. */
  @Test
  void leavesNoControlCharacter() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(
            switch (random.nextInt(4)) {
              case 0 -> '\u001b';
              case 1 -> (char) random.nextInt(0x20);
              case 2 -> (char) (0x20 + random.nextInt(0xa0));
              default -> "[]0;mJK\\P".charAt(random.nextInt(9));
            });
      }
      String plain = PlainText.of(text.toString());
      assertThat(plain.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f) || c >= 0xa0))
          .as("%s", text)
          .isTrue();
      assertThat(PlainText.of(plain)).isEqualTo(plain);
    }
  }
}
