package dev.kitchenhooks.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.AppHookCall;
import dev.kitchenhooks.testkit.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the hub's file is kept. */
class HubVolumeTest {
  private static final String COMPOSE =
      "services: {web: {environment: {VIRTUAL_HOST: shop.example.com}}}\n";

  @TempDir Path dir;
  private AppHookCall calls;

  @BeforeEach
  void write() throws IOException {
    calls = AppHookCall.in(dir.resolve("kitchen")).compose(COMPOSE);
  }

  @Test
  void inAVolumeOfARealEngine() throws IOException {
    DockerEngine docker = DockerEngine.shared();
    String volume = "hub-" + UUID.randomUUID();
    docker.docker("volume", "create", volume);
    calls
        .engine(Optional.empty())
        .with("DOCKER_HOST", docker.host())
        .conf("hub/hub.json", "{\"volume\": \"%s\"}".formatted(volume));

    assertThat(deploy()).startsWith("shop has 1 link in prod: ");
    assertThat(
            docker.docker(
                "run",
                "--rm",
                "--network=none",
                "-v",
                volume + ":/hub",
                DockerEngine.IMAGE,
                "cat",
                "/hub/data/apps.json"))
        .isEqualTo("{\"shop-web\": {\"prod\": \"shop.example.com\"}}\n");

    calls.call(new HubHook(), AppMoment.PRE_UNDEPLOY, "shop", "prod");
    assertThat(
            docker.docker(
                "run",
                "--rm",
                "--network=none",
                "-v",
                volume + ":/hub",
                DockerEngine.IMAGE,
                "cat",
                "/hub/data/apps.json"))
        .isEqualTo("{}\n");
    docker.docker("volume", "rm", volume);
  }

  @Test
  void withoutTheVolumeNothingIsWritten() {
    DockerEngine docker = DockerEngine.shared();
    calls.engine(Optional.empty()).with("DOCKER_HOST", docker.host());

    assertThat(deploy()).isEqualTo("nothing was written: docker has no volume hub_data");
  }

  @Test
  void anEngineThatDoesNotAnswerIsAnErrorAndNoAbsence() {
    DockerEngine.shared();
    calls.engine(Optional.empty()).with("DOCKER_HOST", "unix://" + dir.resolve("no.sock"));

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(this::deploy)
        .withMessageContaining("docker does not answer: ");
  }

  @Test
  void withoutAnEngineNothingIsWrittenAnywhere() throws IOException {
    boolean hostHadData = Files.exists(Path.of("/data/apps.json"));

    assertThat(deploy())
        .isEqualTo("nothing was written: the container engine /nowhere/docker is not there");

    assertThat(Files.exists(Path.of("/data/apps.json"))).isEqualTo(hostHadData);
    try (Stream<Path> files = Files.walk(dir)) {
      assertThat(files.map(f -> f.getFileName().toString())).doesNotContain("apps.json");
    }
  }

  @Test
  void inAPlainDirectoryWithoutAnEngine() throws IOException {
    Path hub = dir.resolve("hub");
    calls.conf("hub/hub.json", "{\"directory\": \"%s\"}".formatted(hub));

    assertThat(deploy()).isEqualTo("shop has 1 link in prod: " + hub + "/data/apps.json");
    assertThat(hub.resolve("data/apps.json"))
        .hasContent("{\"shop-web\": {\"prod\": \"shop.example.com\"}}\n");

    Files.delete(calls.composeFile());
    assertThat(deploy()).startsWith("nothing was written: there is no ");
    calls.call(new HubHook(), AppMoment.PRE_UNDEPLOY, "shop", "prod");
    assertThat(hub.resolve("data/apps.json")).hasContent("{}\n");
  }

  @Test
  void aComposeFileThatIsBrokenChangesNothing() throws IOException {
    Path hub = dir.resolve("hub");
    calls.conf("hub/hub.json", "{\"directory\": \"%s\"}".formatted(hub)).compose("a: [\n");

    assertThatExceptionOfType(FixException.class).isThrownBy(this::deploy);
    assertThat(hub).doesNotExist();
  }

  @Test
  void aSecondDeployWritesNothingAnew() throws IOException {
    Path hub = dir.resolve("hub");
    calls.conf("hub/hub.json", "{\"directory\": \"%s\"}".formatted(hub));
    deploy();
    Object before = Files.readAttributes(hub.resolve("data/apps.json"), "unix:ino").get("ino");

    deploy();

    assertThat(Files.readAttributes(hub.resolve("data/apps.json"), "unix:ino").get("ino"))
        .isEqualTo(before);
  }

  private String deploy() {
    return calls.call(new HubHook(), AppMoment.POST_DEPLOY, "shop", "prod").getFirst();
  }
}
