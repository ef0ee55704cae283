package dev.kitchenhooks.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellWordsTest {
  private static final String LETTERS =
      " \t\n'\"\\$`!*?[]{}()<>|&;#~^=%@+:,./-_azAZ09\u00fc\u20ac\u2028";

  @Test
  void leavesWordsAloneThatShTakesAsTheyAre() {
    assertThat(ShellWords.join(List.of("cinc-solo", "-j", "/etc/a_b.json", "x=1,2", "u@h:%+")))
        .isEqualTo("cinc-solo -j /etc/a_b.json x=1,2 u@h:%+");
  }

  @Test
  void quotesEverythingElse() {
    assertThat(ShellWords.join(List.of("", "a b", "it's", "$HOME", "~", "\u00fc")))
        .isEqualTo("'' 'a b' 'it'\\''s' '$HOME' '~' '\u00fc'");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shReadsWhatWasJoined(long seed) throws Exception {
    var random = new Random(seed);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      var word = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      words.add(word.toString());
    }

    assertThat(readBySh(ShellWords.join(words))).as("seed %d", seed).isEqualTo(words);
  }

  private static List<String> readBySh(String joined) throws IOException {
    Process sh = new ProcessBuilder("sh").start();
    try (var stdin = sh.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write("printf '%s\\0' " + joined + "\n");
    }
    String read = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(read).endsWith("\0");
    return List.of(read.substring(0, read.length() - 1).split("\0", -1));
  }
}
