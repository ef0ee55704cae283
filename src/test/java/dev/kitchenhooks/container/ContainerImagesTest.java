package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are built from a Dockerfile of the kitchen. */
class ContainerImagesTest {
  @TempDir Path dir;
  private ContainerKitchen at;

  @BeforeEach
  void engine() {
    at = new ContainerKitchen(DockerEngine.shared(), dir.resolve("kitchen"));
    at.kitchen
        .file(
            "hooks/Migrate it/Dockerfile",
            "FROM tiny\nCOPY text /text\nENTRYPOINT [\"cat\", \"/text\"]\n")
        // So that no other test, and no earlier run of this one, has built the same.
        .file("hooks/Migrate it/text", dir + "\n");
    at.hook("", "\"dockerfile\": \"Migrate it/Dockerfile\"");
    at.wrapper("[ $1 = build ] && echo build >> \"$0.builds\"");
    // The entrypoint's arguments are those of the hook: a file of that name stands for them.
    at.kitchen.file(ContainerKitchen.NODE, "arguments\n").file("0", "");
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(at.directory().resolve("engine.builds"));
  }

  @Test
  void anImageIsBuiltOfTheDirectoryOfItsDockerfile() throws IOException {
    FixResult result = at.run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            at.directory().resolve("engine") + ": building Migrate it/Dockerfile",
            dir.toString(),
            "arguments");
    assertThat(at.engine.docker("images", "--format", "{{.Repository}}:{{.Tag}}"))
        .containsPattern("kitchenhooks/migrate-it:[0-9a-f]{16}");
  }

  @Test
  void whatHasNotChangedIsNotBuiltAgainAndWhatHasIs() throws IOException {
    assertThat(at.run().exit()).isZero();
    assertThat(at.run().out().lines()).containsExactly(dir.toString(), "arguments");
    assertThat(builds()).hasSize(1);
    at.kitchen.file("hooks/Migrate it/text", dir + " changed\n");
    assertThat(at.run().out()).contains(dir + " changed");
    assertThat(builds()).hasSize(2);
    at.kitchen.permissions("hooks/Migrate it/text", "rwxr-xr-x");
    assertThat(at.run().exit()).isZero();
    assertThat(builds()).hasSize(3);
  }

  @Test
  void manyNodesWaitForOneBuild() throws IOException {
    for (int i = 1; i < 10; i++) {
      at.kitchen.node("n%02d.example.com".formatted(i)).file("n%02d.example.com".formatted(i), "");
    }
    FixResult result =
        at.fix("wrap", "node:all", "--yes", "--concurrency", "10", "--", "true", "{node}");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(builds()).hasSize(1);
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void aBuildThatFailsShowsWhatItSaid() throws IOException {
    at.kitchen.file("hooks/Migrate it/Dockerfile", "FROM tiny\nRUN echo half-way; exit 3\n");
    String before = at.engine.docker("ps", "--all", "--quiet");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(125);
    assertThat(result.out()).contains("half-way");
    assertThat(result.err())
        .contains(
            "Migrate it/Dockerfile cannot be built: The command '/bin/sh -c echo half-way; exit 3' returned a non-zero code: 3");
    assertThat(at.engine.docker("ps", "--all", "--quiet")).isEqualTo(before);
  }

  @Test
  void aStopEndsABuild() throws Exception {
    at.kitchen.file("hooks/Migrate it/Dockerfile", "FROM tiny\nRUN sleep 1000\n");
    at.wrapper("[ $1 = build ] && echo > \"${0%/*}/ready\"");
    CompletableFuture<String> ready = at.ready();
    try (var fix = at.start(dir.resolve("out"))) {
      ready.join();
      fix.signal("TERM");
      FixResult result = fix.await();
      assertThat(result.exit()).as(result.err()).isEqualTo(130);
      assertThat(result.err()).contains("stopped; before it was started");
    }
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void aDockerfileIsCheckedAsAProgramIs() throws IOException {
    at.kitchen.permissions("hooks/Migrate it/Dockerfile", "rw-rw-rw-");
    assertThat(at.fix("hooks", "lint").out())
        .isEqualTo(
            "hook-defs/h.json:2:30: error: hooks/Migrate it/Dockerfile can be changed by everybody (chmod o-w %s)\n"
                .formatted(at.directory().resolve("hooks/Migrate it/Dockerfile")));
    Files.delete(at.directory().resolve("hooks/Migrate it/Dockerfile"));
    assertThat(at.fix("hooks", "lint").out())
        .contains("hooks/Migrate it/Dockerfile does not exist");
    Files.createSymbolicLink(
        at.directory().resolve("hooks/Migrate it/Dockerfile"), Path.of("/etc/passwd"));
    assertThat(at.fix("hooks", "lint").out())
        .contains("hooks/Migrate it/Dockerfile leads out of hooks/, to /etc/passwd");
    at.hook("", "\"dockerfile\": \"../Dockerfile\"");
    assertThat(at.run().err())
        .contains("hook-defs/h.json:2:30: error: \"../Dockerfile\" is not inside hooks/");
  }
}
