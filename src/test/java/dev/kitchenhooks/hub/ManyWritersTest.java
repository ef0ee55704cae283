package dev.kitchenhooks.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ManyWritersTest {
  private static final int DEPLOYS = 200;

  @TempDir Path dir;

  @Test
  void twoHundredDeploysOfTwentyApplicationsAtOnce() throws Exception {
    var hub = new AppsFile(dir);
    for (int app = 0; app < 20; app++) {
      // What the first environment had before, under names that are gone now.
      String name = "app-" + app;
      hub.deployed(name, "env0", List.of(new Claim(name, "old", "old.example.com")));
    }
    List<Process> processes = new ArrayList<>();
    for (int first = 0; first < DEPLOYS; first += 50) {
      processes.add(HubWriters.start(dir, "deploy", "" + first, "" + (first + 50)));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    ObjectNode expected = JsonMapper.shared().createObjectNode();
    for (int i = 0; i < DEPLOYS; i++) {
      String app = "app-" + i % 20;
      String environment = "env" + i / 20;
      expected
          .withObjectProperty(app + "-web")
          .put(environment, app + "." + environment + ".example.com");
      expected.withObjectProperty(app + "-s" + i).put(environment, "s" + i + ".example.com");
    }
    assertThat(dir.resolve("data/apps.json")).hasContent(OneLine.of(expected));
    assertThat(hub.read().claims().bySlot()).hasSize(2 * DEPLOYS);
    assertOnlyKnownFiles();
  }

  @Test
  void aProcessThatIsKilledLeavesValidFilesAndNoLock() throws Exception {
    long seed = 20261129;
    var random = new Random(seed);
    var hub = new AppsFile(dir);
    hub.deployed("blog", "prod", List.of(new Claim("blog", "web", "blog.example.com")));
    for (int round = 0; round < 6; round++) {
      Process writer = HubWriters.start(dir, "flip");
      try (var lines = writer.inputReader()) {
        for (int i = random.nextInt(60); i >= 0; i--) {
          lines.readLine();
        }
        writer.destroyForcibly().waitFor();
      }
      try (FileLock free = free()) {
        assertThat(free).as("round %d of seed %d", round, seed).isNotNull();
      }
      var content = hub.read();
      assertThat(content.apps().path("blog-web").path("prod").asString())
          .isEqualTo("blog.example.com");
      // At most the entry of before and the one of after, and both have an owner.
      assertThat(content.apps().size()).isBetween(2, 3);
      content
          .apps()
          .propertyNames()
          .forEach(key -> assertThat(content.claims().shown(new Slot(key, "prod"))).isPresent());
    }

    hub.deployed("shop", "prod", List.of(new Claim("shop", "front", "shop.example.com")));
    assertThat(dir.resolve("data/apps.json"))
        .hasContent(
            "{\"blog-web\": {\"prod\": \"blog.example.com\"},"
                + " \"shop-front\": {\"prod\": \"shop.example.com\"}}\n");
    assertOnlyKnownFiles();
  }

  private FileLock free() throws IOException, InterruptedException {
    Optional<FileLock> lock = FileLock.take(dir.resolve("data/apps.json.lock"), Duration.ZERO);
    return lock.orElseThrow();
  }

  private void assertOnlyKnownFiles() throws IOException {
    try (var files = Files.list(dir.resolve("data"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("apps.json", "apps.json.lock", "apps.owners.json");
    }
  }
}
