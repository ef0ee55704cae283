package dev.kitchenhooks.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.seeds.SeedKitchen.Ran;
import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sherpack's migration, notification and test hooks, with weights and delete policies. */
@Timeout(180)
class SherpackTest {
  private static final String NODE = "node:shop.example.com";
  private static final String URL = "postgres://shop:s3cr3t@db/shop";
  private static final String WEBHOOK = "https://hooks.example.com/T0/B0/abcdef";

  @TempDir Path scratch;
  private DockerEngine docker;
  private SeedKitchen kitchen;

  @BeforeEach
  void start() throws IOException {
    docker = DockerEngine.shared();
    // Stand-ins for the application and for curl: there is no registry to take them from.
    image(
        "shop:1.4.2",
        "manage.py",
        "#!/bin/sh\necho \"$1 as $DATABASE_URL\"\n[ ! -e /kitchen/broken ]\n",
        "run-tests.sh",
        "#!/bin/sh\necho \"testing $APP_URL\"\n[ ! -e /kitchen/broken ]\n");
    image(
        "curlimages/curl",
        "bin/curl",
        "#!/bin/sh\necho \"curl $*\"\ncat\n[ ! -e /kitchen/no-slack ]\n");
    Path url = Files.writeString(scratch.resolve("database-url"), URL + "\n");
    kitchen =
        SeedKitchen.copy("sherpack", scratch.resolve("kitchen"))
            .replace("hook-defs/migrate.json", "/etc/shop/database-url", url.toString())
            .replace(
                "hook-defs/migrate.json", "\"attempts\": 2", "\"attempts\": 2, \"delay\": \"1ms\"")
            .with("DOCKER_HOST", docker.host())
            .with("SLACK_WEBHOOK", WEBHOOK);
  }

  private void image(String name, String... pathsAndTexts) throws IOException {
    Path context = Files.createDirectories(scratch.resolve(name.replaceAll("\\W", "-")));
    var dockerfile = new StringBuilder("FROM " + DockerEngine.IMAGE + "\n");
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      Path file = context.resolve("file" + i);
      Files.writeString(file, pathsAndTexts[i + 1]);
      file.toFile().setExecutable(true, false);
      dockerfile.append("COPY file%d /%s%n".formatted(i, pathsAndTexts[i]));
    }
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    docker.docker("build", "--tag", name, context.toString());
  }

  private Ran upgrade(String... options) {
    return upgradeBy("/bin/echo", options);
  }

  private Ran upgradeBy(String command, String... options) {
    var words = new java.util.ArrayList<>(List.of("wrap", "--phase", "upgrade"));
    words.addAll(List.of(options));
    words.addAll(List.of(NODE, "--", command, "upgraded"));
    return kitchen.run(words.toArray(String[]::new));
  }

  @Test
  void theMigrationRunsBeforeTheUpgradeAndTheNotificationAfterIt() {
    Ran ran = upgrade();

    assertThat(ran.exit()).as(ran.result().err() + ran.result().out()).isZero();
    assertThat(ran.hooks()).containsExactly("migrate: 0", "notify: 0");
    assertThat(ran.output("migrate")).containsExactly("migrate as ***");
    assertThat(ran.output("notify"))
        .containsExactly(
            "curl -sS -K - -X POST -d"
                + " {\"text\":\"global_postupgradehook: return code 0 on shop.example.com\"}",
            "url = \"***\"");
    assertThat(ran.result().out()).doesNotContain(URL).doesNotContain(WEBHOOK);
  }

  @Test
  void anUpgradeThatFailsIsNotAnnouncedAsDone() {
    Ran ran = upgradeBy("/bin/false");

    assertThat(ran.hooks()).containsExactly("migrate: 0");
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void oneDefinitionServesTheInstallationToo() {
    Ran ran = kitchen.run("wrap", "--phase", "install", NODE, "--", "/bin/echo", "installed");

    assertThat(ran.hooks()).containsExactly("migrate: 0", "notify: 0");
  }

  @Test
  void lowerWeightsRunFirst() throws IOException {
    String type = "\"type\": \"global_preupgradehook\"";
    Files.writeString(
        kitchen.directory().resolve("hook-defs/a.json"),
        "{\"name\": \"a backup\", %s, \"exec\": \"/bin/true\"}".formatted(type));
    Files.writeString(
        kitchen.directory().resolve("hook-defs/b.json"),
        "{\"name\": \"b first\", %s, \"weight\": -11, \"exec\": \"/bin/true\"}".formatted(type));

    assertThat(upgrade().hooks())
        .containsExactly("b first: 0", "migrate: 0", "a backup: 0", "notify: 0");
  }

  @Test
  void aFailedMigrationIsTriedAgainAndThenStopsTheUpgrade() throws IOException {
    Files.writeString(kitchen.directory().resolve("broken"), "");

    Ran ran = upgrade();

    assertThat(ran.hooks()).containsExactly("migrate: 1", "migrate: 1");
    assertThat(migrations()).hasSize(1);
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.result().outcomes()).isEqualTo(Map.of("shop.example.com", "not-started"));
  }

  @Test
  void beforeHookCreationKeepsOneContainerAndTheNextRunRemovesIt() throws IOException {
    upgrade();
    List<String> first = migrations();
    upgrade();
    List<String> second = migrations();

    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1).isNotEqualTo(first);
  }

  @Test
  void hookSucceededRemovesAfterASuccessAndKeepsAFailure() throws IOException {
    upgrade();
    assertThat(containers("notify")).isEmpty();

    Files.writeString(kitchen.directory().resolve("no-slack"), "");
    assertThat(upgrade().exit()).isEqualTo(1);
    assertThat(containers("notify")).hasSize(1);
  }

  @Test
  void hooksAreLeftOutAllOrByPhase() {
    assertThat(upgrade("--no-hooks").hooks()).isEmpty();
    assertThat(upgrade("--skip-hooks", "global_preupgradehook").hooks())
        .containsExactly("notify: 0");
  }

  @Test
  void aTestHookRunsWhenItIsAskedFor() throws IOException {
    FixResult passed = kitchen.fix("hooks", "run", "test");
    assertThat(passed.exit()).as(passed.err()).isZero();
    assertThat(passed.out()).contains("testing http://shop.example.com:8080");

    Files.writeString(kitchen.directory().resolve("broken"), "");
    assertThat(kitchen.fix("hooks", "run", "test").exit()).isEqualTo(1);
  }

  @Test
  void theStatusOfEachHookIsKept() throws IOException {
    Files.writeString(kitchen.directory().resolve("no-slack"), "");
    upgrade();

    assertThat(kitchen.fix("status").out())
        .contains("migrate")
        .contains("notify")
        .contains("exit 1");
  }

  private List<String> migrations() throws IOException {
    return containers("migrate");
  }

  private List<String> containers(String hook) throws IOException {
    return docker.containers(kitchen.directory()).stream().filter(c -> c.contains(hook)).toList();
  }
}
