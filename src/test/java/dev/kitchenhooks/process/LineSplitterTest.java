package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplitterTest {
  private static final int MAX = LineSplitter.MAX_BYTES;

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a, a",
    "'a\n', a",
    "'a\nb', 'a|b'",
    "'a\r\nb\r\n', 'a|b'",
    "'10%\r20%\rdone\n', '10%|20%|done'",
    "'a\r\r\nb', 'a|b'",
    "'a\n\nb\n', 'a||b'",
    "'a\r\n\r\nb', 'a||b'",
    "'a\r\n\nb', 'a||b'",
    "'a\rb\n\n', 'a|b|'",
  })
  void lineEnds(String text, String expected) {
    List<String> lines = expected.isEmpty() ? List.of() : List.of(expected.split("\\|", -1));

    assertThat(split(text.getBytes(StandardCharsets.UTF_8), 1)).isEqualTo(lines);
    assertThat(split(text.getBytes(StandardCharsets.UTF_8), 100)).isEqualTo(lines);
  }

  @Test
  void aLineAsLongAsTheLimitIsWhole() {
    assertThat(split(("a".repeat(MAX) + "\nb").getBytes(StandardCharsets.UTF_8), 1000))
        .containsExactly("a".repeat(MAX), "b");
  }

  @Test
  void aLongerOneIsBrokenUpBetweenCharacters() {
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(shift) + "😀é€".repeat(MAX / 4);

      List<String> pieces = split(text.getBytes(StandardCharsets.UTF_8), 4096);

      assertThat(pieces).hasSizeGreaterThan(2);
      assertThat(String.join("", pieces).replace(LineSplitter.CONTINUES, "")).isEqualTo(text);
      assertThat(pieces.subList(0, pieces.size() - 1))
          .allMatch(piece -> piece.endsWith(LineSplitter.CONTINUES));
    }
  }

  @Test
  void aLongRunOfBytesThatAreNotUtf8IsBrokenUpToo() {
    byte[] continuations = new byte[3 * MAX];
    Arrays.fill(continuations, (byte) 0x80);

    assertThat(String.join("", split(continuations, 999)).replace(LineSplitter.CONTINUES, ""))
        .isEqualTo("\uFFFD".repeat(3 * MAX));
  }

  @Test
  void aFloodOfNulBytesIsNoFloodOfLines() {
    assertThat(split(new byte[5 * MAX], 4096)).hasSizeLessThanOrEqualTo(1);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void howTheBytesArriveMakesNoDifferenceAndNothingDrivesATerminal(long seed) {
    Random random = new Random(seed);
    byte[] bytes = randomOutput(random);

    List<String> lines = split(bytes, bytes.length + 1);

    assertThat(split(bytes, 1 + random.nextInt(50))).isEqualTo(lines);
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line.length()).isLessThanOrEqualTo(MAX + 1);
          assertThat(line.chars()).noneMatch(c -> c != '\t' && Character.isISOControl(c));
          assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
        });
  }

  private static byte[] randomOutput(Random random) {
    byte[] likely = "\n\r\u001b[]m0;\u0007\\ab\u00e9\u9c00".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[random.nextInt(4 * MAX)];
    random.nextBytes(bytes);
    boolean longLines = random.nextBoolean();
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(3) > 0) {
        bytes[i] = likely[random.nextInt(likely.length)];
      }
      if (longLines && (bytes[i] == '\n' || bytes[i] == '\r')) {
        bytes[i] = 'x';
      }
    }
    return bytes;
  }

  private static List<String> split(byte[] bytes, int chunk) {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = new LineSplitter(lines::add);
    for (int from = 0; from < bytes.length; from += chunk) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + chunk, bytes.length));
      splitter.accept(part, part.length);
    }
    splitter.end();
    return lines;
  }
}
