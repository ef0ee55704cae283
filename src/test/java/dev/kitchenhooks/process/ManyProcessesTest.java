package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds at once, from virtual threads. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
class ManyProcessesTest {
  private static final int COUNT = 200;

  @TempDir Path directory;
  private final LocalProcesses processes = new LocalProcesses();

  @Test
  void eachGetsItsOwnOutputAndNoDescriptorIsLeft() throws Exception {
    new Scripts(directory).sh("echo $1; sleep 1000 >/dev/null 2>&1 & exit $2").run("0", "0");
    int before = openFiles();

    List<Future<Ran>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < COUNT; i++) {
        int number = i;
        running.add(threads.submit(() -> run(number)));
      }
    }

    for (int i = 0; i < COUNT; i++) {
      Ran ran = running.get(i).get();
      ran.ended(End.EXITED, i % 100, "");
      assertThat(ran.lines()).containsExactly("n" + i);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(before);
  }

  private Ran run(int number) {
    Tail tail = new Tail();
    ProcessResult result =
        processes.run(
            new LocalCommand(
                List.of("./script", "n" + number, Integer.toString(number % 100)),
                Map.of("PATH", "/usr/bin:/bin"),
                directory,
                Optional.of(Duration.ofMinutes(1)),
                Duration.ofSeconds(1)),
            tail,
            new StopRequest());
    return new Ran(result, tail.lines());
  }

  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? -1 : files.length;
  }
}
