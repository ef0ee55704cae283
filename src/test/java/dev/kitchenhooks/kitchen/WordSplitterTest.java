package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordSplitterTest {
  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("  \t ", List.of()),
        Arguments.of("chef-solo -l info", List.of("chef-solo", "-l", "info")),
        Arguments.of("a\n  b", List.of("a", "b")),
        Arguments.of("sh -c 'echo \"$1\"; true' ''", List.of("sh", "-c", "echo \"$1\"; true", "")),
        Arguments.of("\"a \\\"b\\\" \\\\ \\n $x\"", List.of("a \"b\" \\ \\n $x")),
        Arguments.of("a\\ b\\'c \\\\", List.of("a b'c", "\\")),
        Arguments.of("--x='a b'\"c\"d", List.of("--x=a bcd")),
        Arguments.of("* ~ $HOME `id`", List.of("*", "~", "$HOME", "`id`")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void asAShellWouldWithoutExpansion(String text, List<String> words) {
    assertThat(WordSplitter.split(text)).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "a 'b", "\"", "a \"b\\\"", "a\\"})
  void whatIsNotClosed(String text) {
    assertThat(WordSplitter.split(text)).isEmpty();
  }
}
