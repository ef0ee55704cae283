package dev.kitchenhooks.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.FileLock;
import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.DockerNode;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} of {@code fix app deploy}, whatever it is doing. */
@Timeout(400)
class KilledAppDeployTest {
  private static final long SEED = 20261129;
  private static final int ROUNDS = 4;

  /** What a deploy says, and some more: then it may have ended before. */
  private static final int LINES = 20;

  private static final String APPS = "{\"shop-web\": {\"prod\": \"shop.example.com\"}}\n";

  @TempDir Path scratch;

  @Test
  void leavesValidFilesAndNoLockAndTheNextDeployWorks() throws Exception {
    var random = new Random(SEED);
    try (DockerNode node = DockerNode.start(scratch.resolve("node"))) {
      KitchenBuilder kitchen = kitchen(node);
      ShippedAppHooks hooks = ShippedAppHooks.in(kitchen, scratch);
      for (int round = 0; round < ROUNDS; round++) {
        int after = random.nextInt(LINES);
        String about = "round %d of seed %d, after %d lines".formatted(round, SEED, after);
        kill(kitchen, after);
        assertValid(hooks, about);
        FixResult next = FixCommand.in(kitchen).run("app", "deploy", "shop", "--wait", "2m");
        assertThat(next.exit()).as(about + "\n" + next.out() + next.err()).isZero();
        assertThat(hooks.hub().resolve("apps.json")).as(about).hasContent(APPS);
        assertThat(hooks.dashboard("shop"))
            .as(about)
            .content()
            .contains("Shop services for Prod environment");
        assertThat(node.running("shop-prod"))
            .as(about)
            .isEqualToIgnoringNewLines("shop-prod-web-1");
        // From the beginning again.
        FixResult gone = FixCommand.in(kitchen).run("app", "undeploy", "shop");
        assertThat(gone.exit()).as(about + "\n" + gone.out() + gone.err()).isZero();
        assertThat(hooks.dashboard("shop")).as(about).doesNotExist();
        assertThat(node.running("shop-prod")).as(about).isEmpty();
      }
    }
  }

  private void kill(KitchenBuilder kitchen, int after) throws Exception {
    try (FixProcess fix =
        FixProcess.talking(
            kitchen.directory(), scratch.resolve("output"), "app", "deploy", "shop")) {
      List<String> lines = fix.lines(after);
      if (lines.size() == after) {
        fix.signal("KILL");
      }
      fix.await();
    }
  }

  /** A hook that was started may still do its work; it lets go of its lock as it ends. */
  private static void assertValid(ShippedAppHooks hooks, String about) throws Exception {
    for (Path lock :
        List.of(hooks.dashboards().resolve(".fix.lock"), hooks.hub().resolve("apps.json.lock"))) {
      if (Files.exists(lock)) {
        try (FileLock free = FileLock.take(lock, Duration.ofMinutes(1)).orElseThrow()) {
          assertThat(free).as(about).isNotNull();
        }
      }
    }
    assertWhole(hooks.dashboard("shop"), about);
    assertWhole(hooks.hub().resolve("apps.json"), about);
  }

  private static void assertWhole(Path json, String about) throws IOException {
    if (Files.exists(json)) {
      assertThat(JsonMapper.shared().readTree(Files.readString(json)).isObject())
          .as(about)
          .isTrue();
    }
  }

  private KitchenBuilder kitchen(DockerNode node) {
    return KitchenBuilder.in(scratch.resolve("kitchen"))
        .cfg(node.config())
        .environment("prod")
        .file(
            "apps/shop.yml",
            """
            services:
              web:
                image: %s
                init: true
                command: [sleep, "86400"]
                network_mode: none
                stop_grace_period: 1s
                environment: [VIRTUAL_HOST=shop.example.com]
            """
                .formatted(DockerEngine.IMAGE))
        .nodeJson(
            node.fqdn(),
            """
            {"chef_environment": "prod", "run_list": [], "applications": {
              "shop": {"version": "1.4", "compose_file": "apps/shop.yml", "target_dir": "%s"}}}
            """
                .formatted(node.file("shop")));
  }
}
