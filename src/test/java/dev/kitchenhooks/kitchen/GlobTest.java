package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*,        '',     true",
    "*,        abc,    true",
    "a*,       a,      true",
    "a*c,      abcbc,  true",
    "a*c,      abcb,   false",
    "*b*b*,    abab,   true",
    "*b*b*,    aba,    false",
    "?,        '',     false",
    "?,        ab,     false",
    "a?c,      abc,    true",
    "[abc],    b,      true",
    "[abc],    d,      false",
    "[a-c]x,   bx,     true",
    "[a-],     -,      true",
    "[-a],     -,      true",
    "[!a-c],   b,      false",
    "[!a-c],   d,      true",
    "*[0-9],   web12,  true",
    "[*],      *,      true",
    "[*],      a,      false",
    "a.c,      abc,    false",
    "(a|b)+,   a,      false",
    "a**b,     ab,     true",
    "ab*ba,    aba,    false",
    "ab*ba,    abba,   true",
    "*ab*ab*,  abab,   true",
    "*ab*ba,   abba,   true",
    "*ab*ba,   aba,    false",
  })
  void matchesTheWholeText(String pattern, String text, boolean expected) {
    assertThat(Glob.fault(pattern)).isEmpty();
    assertThat(Glob.matcher(pattern).test(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "[,    has a \"[\" without its \"]\"",
    "a[b,  has a \"[\" without its \"]\"",
    "[]a,  has an empty \"[]\"",
    "[!],  has an empty \"[]\"",
    "[a][, has a \"[\" without its \"]\"",
  })
  void saysWhatIsWrongWithAPattern(String pattern, String expected) {
    assertThat(Glob.fault(pattern)).contains(expected);
  }

  @Test
  void noPatternTakesForEver() {
    String text = "a".repeat(2000);
    String pattern = "*a[a]".repeat(200) + "b";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Glob.matcher(pattern).test(text)).isFalse());
  }
}
