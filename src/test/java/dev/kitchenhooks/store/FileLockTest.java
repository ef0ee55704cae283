package dev.kitchenhooks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path dir;

  @Test
  void oneThreadAtATimeHoldsIt() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var turns = new AtomicInteger();
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> {
                      try (FileLock _ = FileLock.take(dir.resolve("lock"), LONG).orElseThrow()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        turns.incrementAndGet();
                        inside.decrementAndGet();
                      } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(turns).hasValue(50);
    assertThat(most).hasValue(1);
  }

  @Test
  void whoComesLaterWaitsNoLongerThanItWants() throws Exception {
    Path file = dir.resolve("lock");
    try (FileLock _ = FileLock.take(file, LONG).orElseThrow()) {
      assertThat(FileLock.take(file, Duration.ofMillis(1))).isEmpty();
    }
    try (FileLock again = FileLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(again).isNotNull();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherProcessHoldsItUntilItIsKilled() throws Exception {
    Path file = dir.resolve("lock");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Holder.class.getName(),
                file.toString())
            .start();
    try (var lines = holder.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("held");
      assertThat(FileLock.take(file, Duration.ofMillis(1))).isEmpty();

      var waiting =
          java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try (FileLock lock = FileLock.take(file, LONG).orElseThrow()) {
              return lock != null;
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      holder.destroyForcibly();
      assertThat(waiting.get()).isTrue();
    } finally {
      holder.destroyForcibly();
    }
  }

  /** Takes a lock and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (FileLock _ = FileLock.take(Path.of(args[0]), LONG).orElseThrow()) {
        System.out.println("held");
        System.in.read();
      }
    }
  }
}
