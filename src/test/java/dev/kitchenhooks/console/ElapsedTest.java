package dev.kitchenhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0s, 00:00",
    "49, 0.0s, 00:00",
    "50, 0.1s, 00:00",
    "12345, 12.3s, 00:12",
    "59949, 59.9s, 00:59",
    "59950, 1m00s, 00:59",
    "125000, 2m05s, 02:05",
    "3599499, 59m59s, 59:59",
    "3599500, 1h00m, 59:59",
    "3723000, 1h02m, 1:02:03",
    "360000000, 100h00m, 100:00:00",
  })
  void isRoundedToWhatIsShown(long millis, String text, String clock) {
    assertThat(Elapsed.of(Duration.ofMillis(millis))).isEqualTo(text);
    assertThat(Elapsed.clock(Duration.ofMillis(millis))).isEqualTo(clock);
  }

  @Test
  void theRealTickerTicks() throws InterruptedException {
    var ticked = new CountDownLatch(1);
    Ticker.Ticking ticking = Ticker.EVERY_SECOND.start(ticked::countDown);
    assertThat(ticked.await(60, TimeUnit.SECONDS)).isTrue();
    ticking.stop();
  }
}
