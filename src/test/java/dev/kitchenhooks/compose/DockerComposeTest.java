package dev.kitchenhooks.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.testkit.ComposePlugin;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The real {@code docker compose config} reads a labelled file as before, and the labels. */
class DockerComposeTest {
  private static final Path OWN = Path.of("src/test/resources/dev/kitchenhooks/compose");
  private static final int RANDOM_FILES = 15;

  @TempDir Path directory;

  static Stream<String> own() throws IOException {
    try (Stream<Path> files = Files.list(OWN)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".yml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** Of real projects; none of which labels change more than their own lines. */
  static Stream<String> ofOthers() {
    return Stream.of(
        "apache-php_compose.yaml",
        "django_compose.yaml",
        "fastapi_compose.yaml",
        "flask_compose.yaml",
        "minecraft_compose.yaml",
        "nextcloud-redis-mariadb_compose.yaml",
        "nginx-flask-mongo_compose.yaml",
        "nginx-golang-mysql_compose.yaml",
        "nginx-golang_compose.yaml",
        "nginx-wsgi-flask_compose.yaml",
        "plex_compose.yaml",
        "postgresql-pgadmin_compose.yaml",
        "react-express-mongodb_compose.yaml",
        "react-java-mysql_compose.yaml",
        "react-rust-postgres_compose.yaml",
        "sparkjava_compose.yaml",
        "traefik-golang_compose.yaml",
        "wasmedge-kafka-mysql_compose.yml",
        "wireguard_compose.yaml");
  }

  @ParameterizedTest
  @MethodSource("ofOthers")
  void filesOfRealProjectsKeepEveryByte(String name) throws IOException {
    String text = Files.readString(TestData.require("compose/" + name));
    String labelled = LabelsTest.label(text);
    int services = LabelsTest.parse(text).services().size();
    assertThat(labelled.lines().filter(line -> line.contains("capp."))).hasSize(2 * services);
    assertThat(isSubsequence(text, labelled)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ofOthers")
  void filesOfRealProjectsMeanTheSame(String name) throws IOException {
    Path file = TestData.require("compose/" + name);
    ComposePlugin compose = ComposePlugin.require();
    check(compose, Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("own")
  void ownFilesMeanTheSame(String name) throws IOException {
    ComposePlugin compose = ComposePlugin.require();
    try (Stream<Path> files = Files.list(OWN)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
    check(compose, Files.readString(OWN.resolve(name)));
  }

  @Test
  void filesWrittenInAnyWayMeanTheSame() throws IOException {
    ComposePlugin compose = ComposePlugin.require();
    int read = 0;
    for (long seed = 0; read < RANDOM_FILES; seed++) {
      assumeTrue(seed < 100L * RANDOM_FILES, "compose takes hardly any of the files");
      String text = RandomCompose.text(new Random(seed));
      if (config(compose, text).exit() == 0) {
        check(compose, text);
        read++;
      }
    }
  }

  private void check(ComposePlugin compose, String text) throws IOException {
    FixResult before = config(compose, text);
    assertThat(before.exit()).as(before.err()).isZero();
    String labelled = LabelsTest.label(text);
    FixResult after = config(compose, labelled);
    assertThat(after.exit()).as(after.err() + labelled).isZero();
    JsonNode expected = JsonMapper.shared().readTree(before.out());
    JsonNode services = expected.path("services");
    for (JsonNode service : services) {
      ObjectNode labels = ((ObjectNode) service).withObjectProperty("labels");
      LabelsTest.labels("shop", "prod").forEach(labels::put);
    }
    assertThat(JsonMapper.shared().readTree(after.out())).as(labelled).isEqualTo(expected);
  }

  private FixResult config(ComposePlugin compose, String text) throws IOException {
    Files.writeString(directory.resolve(".env"), "PLEX_MEDIA_PATH=/srv/media\nHOST=from-env\n");
    Files.writeString(directory.resolve("docker-compose.yml"), text);
    return compose.run(
        directory,
        "-f",
        "docker-compose.yml",
        "-p",
        "shop",
        "--profile",
        "*",
        "config",
        "--format",
        "json");
  }

  private static boolean isSubsequence(String text, String of) {
    int next = 0;
    for (int i = 0; i < of.length() && next < text.length(); i++) {
      if (of.charAt(i) == text.charAt(next)) {
        next++;
      }
    }
    return next == text.length();
  }
}
