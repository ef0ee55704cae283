package dev.kitchenhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.store.FileLock;
import dev.kitchenhooks.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManyDeploysTest {
  private static final int DEPLOYS = 200;
  private static final int PROCESSES = 4;
  private static final int KILLS = 6;

  @TempDir Path kitchen;

  @Test
  void twoHundredDeploysOfTwentyApplicationsAtOnce() throws Exception {
    MonitoringCalls calls = MonitoringCalls.inPlainDirectory(kitchen);
    var processes = new ArrayList<Process>();
    for (int i = 0; i < PROCESSES; i++) {
      int first = i * DEPLOYS / PROCESSES;
      processes.add(
          ChildJvm.start(
              MonitoringCalls.class,
              kitchen.toString(),
              "deploy",
              "" + first,
              "" + (first + DEPLOYS / PROCESSES)));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(names(calls.dashboards()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(".fix.lock"),
                    IntStream.range(0, 20).mapToObj(app -> "app-%d_services.json".formatted(app)))
                .toList());
    for (int app = 0; app < 20; app++) {
      String name = "app-" + app;
      JsonNode dashboard = json(calls.dashboard(name));
      JsonNode alone =
          DashboardTest.deployed(name, "prod", "demo", "staging", "integ", "dev").path("panels");
      assertThat(dashboard.path("panels")).isEqualTo(alone);
    }
  }

  @Test
  void aProcessThatIsKilledLeavesValidFilesAndNoLock() throws Exception {
    long seed = 20261129;
    var random = new Random(seed);
    MonitoringCalls calls = MonitoringCalls.inPlainDirectory(kitchen);
    Files.writeString(calls.composeFile(), "services:\n  web:\n    image: x\n");
    for (int round = 0; round < KILLS; round++) {
      Process writer = ChildJvm.start(MonitoringCalls.class, kitchen.toString(), "flip");
      try (var lines = writer.inputReader()) {
        for (int i = random.nextInt(40); i >= 0; i--) {
          lines.readLine();
        }
        writer.destroyForcibly().waitFor();
      }
      String about = "round %d of seed %d".formatted(round, seed);
      try (FileLock free =
          FileLock.take(calls.dashboards().resolve(".fix.lock"), Duration.ZERO).orElseThrow()) {
        assertThat(free).as(about).isNotNull();
      }
      if (Files.exists(calls.dashboard("shop"))) {
        assertThat(json(calls.dashboard("shop")).path("panels").size()).as(about).isBetween(2, 3);
      }
      var problems = new Problems();
      assertThat(ComposeFile.read(calls.composeFile(), "c", problems)).as(about).isNotNull();
    }
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "dev");
    assertThat(json(calls.dashboard("shop")).path("panels"))
        .isEqualTo(DashboardTest.deployed("shop", "prod").path("panels"));
    assertThat(names(calls.dashboards()))
        .containsExactlyInAnyOrder(".fix.lock", "shop_services.json");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }
}
