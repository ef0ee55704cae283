package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the inits of both engines say of a program that they cannot start. */
class FirstLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [FATAL tini (7)] exec /nope failed: No such file or directory          | 127 | 127
          [FATAL tini (7)] exec /bin failed: Permission denied                   | 126 | 126
          ERROR (catatonit:6): failed to exec pid1: No such file or directory    | 1   | 127
          ERROR (catatonit:6): failed to exec pid1: Permission denied            | 1   | 126
          """)
  void aProgramThatCannotBeStartedHasACodeThatSaysSo(String line, int exit, int code) {
    var first = new FirstLine();
    first.line(line);
    ProcessResult result = first.refusal(exit, Duration.ZERO).orElseThrow();
    assertThat(result.exitCode()).isEqualTo(code);
    assertThat(result.end()).isEqualTo(ProcessResult.End.NOT_STARTED);
    assertThat(result.detail()).contains(line.substring(line.lastIndexOf(": ") + 2));
  }

  @Test
  void whatAProgramSaysItselfIsNone() {
    String line = "[FATAL tini (7)] exec /nope failed: No such file or directory";
    for (List<String> lines : List.of(List.<String>of(), List.of("x"), List.of(line, "x"))) {
      var first = new FirstLine();
      lines.forEach(first::line);
      assertThat(first.refusal(127, Duration.ZERO)).isEmpty();
    }
    var other = new FirstLine();
    other.line(line);
    assertThat(other.refusal(3, Duration.ZERO)).isEmpty();
  }
}
