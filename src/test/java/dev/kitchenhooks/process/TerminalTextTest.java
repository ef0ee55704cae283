package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalTextTest {

  static List<Arguments> lines() {
    return List.of(
        Arguments.of("plain é€😀\tx", "plain é€😀\tx"),
        Arguments.of("\u001b[1;31mred\u001b[0m", "red"),
        Arguments.of("\u001b[2J\u001b[Htop", "top"),
        Arguments.of("\u001b[?25lhidden", "hidden"),
        Arguments.of("a\u001b[12", "a"),
        Arguments.of("a\u001b", "a"),
        Arguments.of("\u001b]0;title\u0007text", "text"),
        Arguments.of("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"),
        Arguments.of("\u001bPdevice\u001b\\text", "text"),
        Arguments.of("\u001b]0;never ends", ""),
        Arguments.of("\u001b]0;broken off\u001b[1mtext", "text"),
        Arguments.of("\u001b(Btext\u001bM", "text"),
        Arguments.of("\u001b\u001b[1mtext", "text"),
        Arguments.of("\u009b31mred", "red"),
        Arguments.of("\u009d0;title\u009ctext", "text"),
        Arguments.of("a\u0000b\u0008c\u007fd\u0085e", "abcde"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void keepsTextOnly(String line, String expected) {
    assertThat(TerminalText.clean(line)).isEqualTo(expected);
  }
}
