package dev.kitchenhooks.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "5m, PT5M",
    "1h, PT1H",
    "250ms, PT0.25S",
    "1h30m, PT1H30M",
    "90m, PT90M",
    "1h1ms, PT1H0.001S",
    "0s, PT0S",
    "999999999h, PT999999999H"
  })
  void readsWhatPeopleWrite(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "-1s",
        "1.5s",
        "1d",
        "30 s",
        " 30s",
        "30s\n",
        "30S",
        "1m1h",
        "1s1s",
        "1234567890s",
        "٣s",
        "1h30"
      })
  void refusesAllElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT90S, 1m30s", "PT0S, 0s", "PT25H, 25h", "PT0.25S, 250ms", "PT0.0001S, 0s"})
  void writesTheShortestForm(Duration duration, String expected) {
    assertThat(Durations.format(duration)).isEqualTo(expected);
  }

  @Test
  void whatIsWrittenReadsTheSame() {
    var random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(1L << (1 + random.nextInt(40))));
      assertThat(Durations.parse(Durations.format(duration))).contains(duration);
    }
  }
}
