package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time limits and signals; and the death of whoever takes part. */
class ContainerFaultsTest {
  private static final String WRITABLE = ", \"writable\": true, \"cleanup\": []";
  private static final String READY = "echo > /kitchen/ready";

  @TempDir Path dir;
  private ContainerKitchen at;

  @BeforeEach
  void engine() {
    at = new ContainerKitchen(DockerEngine.shared(), dir.resolve("kitchen"));
  }

  @Test
  void aTimeoutIsSigtermAndTheContainerIsGone() throws IOException {
    at.script(
        "\"timeout\": \"1s\",", WRITABLE, "trap 'echo told; exit 0' TERM", "sleep 1000 & wait");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.out()).isEqualTo("told\n");
    assertThat(result.err()).contains("timed out after 1s");
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void whoeverIgnoresSigtermIsKilledAfterwards() throws IOException {
    at.script(
        "\"timeout\": \"1s\", \"kill_after\": \"1s\",",
        WRITABLE,
        "trap 'echo no' TERM",
        "while true; do sleep 1000 & wait; done");
    long start = System.nanoTime();
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.out()).isEqualTo("no\n");
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isBetween(2L, 20L);
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void aSignalToFixEndsTheContainer() throws Exception {
    at.wrapper();
    at.script(
        "\"timeout\": \"1m\",",
        WRITABLE,
        "trap 'echo told; exit 0' TERM",
        READY,
        "sleep 1000 & wait");
    CompletableFuture<String> ready = at.ready();
    try (FixProcess fix = at.start(dir.resolve("out"))) {
      ready.join();
      fix.signal("TERM");
      FixResult result = fix.await();
      assertThat(result.exit()).as(result.err()).isEqualTo(130);
      assertThat(result.out()).isEqualTo("told\n");
    }
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void aRunThatIsInterruptedLeavesNoContainer() throws Exception {
    at.wrapper();
    at.script("\"timeout\": \"1m\",", WRITABLE, READY, "sleep 1000");
    CompletableFuture<String> ready = at.ready();
    try (FixProcess fix =
        FixProcess.start(
            at.directory(),
            dir.resolve("out"),
            "wrap",
            "node:all",
            "--yes",
            "--",
            "/bin/touch",
            "deployed",
            "{node}")) {
      ready.join();
      fix.signal("TERM");
      FixResult result = fix.await();
      assertThat(result.exit()).as(result.err()).isEqualTo(143);
    }
    assertThat(at.containers()).isEmpty();
    assertThat(at.directory().resolve("deployed")).doesNotExist();
  }

  @Test
  void aContainerThatSomebodyRemovesIsAFailure() throws Exception {
    at.script("\"timeout\": \"1m\",", WRITABLE, READY, "sleep 1000");
    CompletableFuture<String> ready = at.ready();
    CompletableFuture<FixResult> run = at.runMeanwhile();
    ready.join();
    String name = at.containers().getFirst();
    at.engine.docker("rm", "--force", name);
    FixResult result = run.join();
    assertThat(result.exit()).isEqualTo(125);
    assertThat(result.err()).contains("its container " + name + " was removed while it ran");
  }

  @Test
  void aSecondSignalKillsIt() throws Exception {
    at.wrapper("[ \"$1 $2 $3\" = 'kill --signal TERM' ] && echo > \"${0%/*}/ready\"");
    at.script(
        "\"timeout\": \"1m\", \"kill_after\": \"1m\",",
        WRITABLE,
        "trap '' TERM",
        READY,
        "while true; do sleep 1000; done");
    CompletableFuture<String> ready = at.ready();
    try (FixProcess fix = at.start(dir.resolve("out"))) {
      ready.join();
      CompletableFuture<String> told = at.ready();
      fix.signal("INT");
      told.join();
      fix.signal("INT");
      assertThat(fix.await().exit()).isEqualTo(130);
    }
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void whatAKilledFixLeavesIsEndedByTheNextRun() throws Exception {
    at.wrapper();
    at.script("\"timeout\": \"1m\",", ", \"writable\": true", READY, "sleep 1000");
    CompletableFuture<String> ready = at.ready();
    try (FixProcess fix = at.start(dir.resolve("out"))) {
      ready.join();
      fix.signal("KILL");
      fix.await();
    }
    assertThat(at.containers()).hasSize(1);
    at.kitchen.script("h", "echo next");
    assertThat(at.run().exit()).isZero();
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void theDeathOfTheEnginesProgramIsAFailureAndEndsTheContainer() throws Exception {
    at.script(
        "\"timeout\": \"1m\",",
        ", \"writable\": true",
        "trap 'echo > /kitchen/told; exit 0' TERM",
        READY,
        "sleep 1000 & wait");
    CompletableFuture<String> ready = at.ready();
    CompletableFuture<FixResult> run = at.runMeanwhile();
    ready.join();
    String name = at.containers().getFirst();
    ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith("start --attach " + name))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    FixResult result = run.join();
    assertThat(result.exit()).isEqualTo(125);
    assertThat(result.err())
        .contains("docker left the container, which was ended: killed by SIGKILL");
    assertThat(at.directory().resolve("told")).exists();
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void anEngineThatEndsIsAFailureOfTheHook() throws Exception {
    try (DockerEngine dying = DockerEngine.another()) {
      at = new ContainerKitchen(dying, dir.resolve("other"));
      at.script("\"timeout\": \"1m\",", WRITABLE, READY, "sleep 1000");
      CompletableFuture<String> ready = at.ready();
      CompletableFuture<FixResult> run = at.runMeanwhile();
      ready.join();
      dying.terminate();
      FixResult result = run.join();
      assertThat(result.exit()).isEqualTo(125);
      assertThat(result.err()).contains("docker does not answer any more: Cannot connect");
    }
  }
}
