package dev.kitchenhooks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.problem.FixException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,10%,50% | 50 | 1 5 25 19",
        "1,10%,50% | 5  | 1 1 2 1",
        "1         | 3  | 1 1 1",
        "10%       | 25 | 2 2 2 2 2 2 2 2 2 2 2 2 1",
        "1%        | 3  | 1 1 1",
        "1, 100%   | 4  | 1 3",
        "1,2,3     | 9  | 1 2 3 3",
        "999999999 | 4  | ''",
        "100%      | 4  | ''",
        "1         | 1  | ''",
        "1         | 0  | ''",
        "3,999999999,999999999 | 9 | 3 6"
      })
  void theLastSizeRepeatsUntilNoNodeIsLeft(String text, int nodes, String sizes) {
    String found =
        String.join(" ", Batches.parse(text, nodes).sizes().stream().map(String::valueOf).toList());
    assertThat(found).isEqualTo(sizes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''     | \"\" is neither a number nor a percentage",
        "1,,2   | \"\" is neither a number nor a percentage",
        "1;2    | \"1;2\" is neither a number nor a percentage",
        "-1     | \"-1\" is neither a number nor a percentage",
        "0      | a batch has at least one node",
        "1,0%   | a batch has at least one node",
        "101%   | at most 100% was expected"
      })
  void whatIsNoSizeIsRefused(String text, String why) {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> Batches.parse(text, 10))
        .withMessage("--batch " + text + ": " + why);
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyNodeIsInJustOneBatch(int seed) {
    var random = new Random(seed);
    int nodes = 1 + random.nextInt(200);
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(1 + random.nextInt(100)).append(random.nextBoolean() ? "%" : "");
      text.append(i > 0 ? "," : "");
    }
    Batches batches = Batches.parse(text.toString(), nodes);
    List<Integer> sizes = batches.sizes();
    assertThat(sizes).as("seed %d: %s of %d", seed, text, nodes).allMatch(size -> size > 0);
    assertThat(sizes.isEmpty() ? nodes : sizes.stream().mapToInt(i -> i).sum()).isEqualTo(nodes);
    assertThat(batches.end(batches.count() - 1, nodes)).isEqualTo(nodes);
  }

  @Test
  void aRunThatIsNotDividedHasOneBatchOfAllNodes() {
    assertThat(Batches.ONE.count()).isOne();
    assertThat(Batches.ONE.divided()).isFalse();
    assertThat(Batches.ONE.end(0, 7)).isEqualTo(7);
  }
}
