package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import dev.kitchenhooks.process.StopRequest.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stop requests before, while and after a process runs; interrupts. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
class StopTest {
  private static final String IGNORES_TERM =
      "trap 'echo ignored' TERM; sleep 1000 & echo ready; while :; do wait; done";

  @TempDir Path directory;
  private final StopRequest stop = new StopRequest();
  private Scripts scripts;

  @BeforeEach
  void setUp() {
    scripts = new Scripts(directory).noTimeout().stop(stop);
  }

  @Test
  void beforeItStarts() throws Exception {
    stop.request(Level.TERMINATE);

    scripts.sh("touch started").run().ended(End.STOPPED, 130, "stopped; before it was started");

    assertThat(Files.exists(directory.resolve("started"))).isFalse();
  }

  @Test
  void gently() throws Exception {
    Ran ran =
        scripts
            .sh("trap 'echo bye; exit 0' TERM; sleep 1000 & echo ready; wait")
            .sink(line -> requestOn(line, "ready", Level.TERMINATE))
            .run();

    ran.ended(End.STOPPED, 130, "stopped");
    assertThat(ran.lines()).containsExactly("ready", "bye");
  }

  @Test
  void atOnce() throws Exception {
    scripts
        .sh(IGNORES_TERM)
        .sink(line -> requestOn(line, "ready", Level.KILL))
        .run()
        .ended(End.STOPPED, 130, "stopped");
  }

  @Test
  void gentlyThenAtOnce() throws Exception {
    Ran ran =
        scripts
            .sh(IGNORES_TERM)
            .sink(line -> requestOn(line, "ready", Level.TERMINATE))
            .sink(line -> requestOn(line, "ignored", Level.KILL))
            .run();

    ran.ended(End.STOPPED, 130, "stopped");
    assertThat(ran.lines()).startsWith("ready", "ignored");
  }

  @Test
  void gentlyWhereThatIsIgnored() throws Exception {
    scripts
        .sh(IGNORES_TERM)
        .killAfter(200)
        .sink(line -> requestOn(line, "ready", Level.TERMINATE))
        .run()
        .ended(End.STOPPED, 130, "stopped");
  }

  @Test
  void afterItExitedTheOutputIsLeftOpen() {
    Supervisor supervisor = new Supervisor();
    supervisor.exited();
    supervisor.stop(Level.TERMINATE);

    assertThat(supervisor.await(Deadline.in(Duration.ofDays(365_000))))
        .isEqualTo(Supervisor.Wait.OUTPUT_OPEN);
  }

  @Test
  void afterItExitedTheRestOfItsOutputIsStillRead() {
    Supervisor supervisor = new Supervisor();
    supervisor.exited();
    supervisor.stop(Level.KILL);
    Thread.startVirtualThread(supervisor::drained);

    assertThat(supervisor.awaitEnd()).isEqualTo(Supervisor.Wait.ENDED);
  }

  @Test
  void whenAllIsOverNothingHappens() throws Exception {
    scripts.sh("exit 0").run().ended(End.EXITED, 0, "");
    stop.request(Level.KILL);
  }

  @Test
  void interruptingAThreadKills() throws Exception {
    interruptKills(Thread.ofPlatform().factory());
    interruptKills(Thread.ofVirtual().factory());
  }

  @Test
  void anInterruptedThreadStartsNothing() throws Exception {
    Thread.currentThread().interrupt();
    Ran ran = scripts.sh("touch started").run();

    assertThat(Thread.interrupted()).isTrue();
    ran.ended(End.STOPPED, 130, "stopped; before it was started");
    assertThat(Files.exists(directory.resolve("started"))).isFalse();
  }

  private void interruptKills(ThreadFactory threads) throws Exception {
    CompletableFuture<Ran> ran = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<Thread> runner = new CompletableFuture<>();
    Scripts script =
        new Scripts(directory)
            .noTimeout()
            .sh(IGNORES_TERM)
            .sink(line -> {
              if (line.equals("ready")) {
                runner.join().interrupt();
              }
            });
    Thread thread =
        threads.newThread(() -> {
          try {
            ran.complete(script.run());
          } catch (Exception | AssertionError e) {
            ran.completeExceptionally(e);
          }
          flag.complete(Thread.currentThread().isInterrupted());
        });
    runner.complete(thread);
    thread.start();

    ran.get().ended(End.STOPPED, 130, "stopped");
    assertThat(flag.get()).isTrue();
  }

  private void requestOn(String line, String trigger, Level level) {
    if (line.equals(trigger)) {
      stop.request(level);
    }
  }
}
