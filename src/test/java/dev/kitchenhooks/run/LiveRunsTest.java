package dev.kitchenhooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run that is killed leaves on disk does not stay, and what a living one needs does. */
@Timeout(120)
class LiveRunsTest {
  private static final String BY_HAND = "hooks run slow --node a.example.com";
  private static final String IN_A_RUN = "wrap node:a.example.com -- true {node}";

  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchen() throws IOException {
    kitchen =
        KitchenBuilder.in(dir.resolve("kitchen"))
            .node("a.example.com")
            .hookDef(
                "slow.json",
                "{\"name\": \"slow\", \"type\": \"node_predeployhook\", \"exec\": \"slow\"}")
            .script(
                "slow",
                "echo \"token=hunter22\" >> \"$FIX_OUTPUT\"",
                "echo there > ready",
                "read -r _ < go")
            .hookDef(
                "next.json", "{\"name\": \"next\", \"type\": \"user\", \"exec\": \"/bin/true\"}");
    for (String pipe : List.of("ready", "go")) {
      SshKeys.run(List.of("mkfifo", kitchen.directory().resolve(pipe).toString()));
    }
  }

  /** Starts it, and is back when its hook has begun. */
  private FixProcess start(String words) throws Exception {
    var there = new CompletableFuture<String>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            there.complete(Files.readString(kitchen.directory().resolve("ready")));
          } catch (IOException e) {
            there.completeExceptionally(e);
          }
        });
    FixProcess fix =
        FixProcess.start(kitchen.directory(), dir.resolve("scratch"), words.split(" "));
    there.get(60, TimeUnit.SECONDS);
    return fix;
  }

  private void letItEnd() throws IOException {
    Files.writeString(kitchen.directory().resolve("go"), "\n");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(kitchen.directory().resolve(".fix/runs"))) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private Path firstCall() throws IOException {
    try (Stream<Path> files = Files.walk(kitchen.directory().resolve(".fix/runs"))) {
      return files.filter(f -> f.endsWith("call-1")).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BY_HAND, IN_A_RUN})
  void theNextRunTakesAwayWhatAKilledOneLeft(String words) throws Exception {
    try (FixProcess fix = start(words)) {
      fix.signal("KILL");
      fix.await();
    }
    letItEnd();
    assertThat(files()).contains("context.json", "nodes", "output");
    // Its environment is in such a file while a container is made.
    Path call = firstCall();
    Files.writeString(call.resolveSibling("call-1.env"), "TOKEN=hunter22\n");

    FixResult next = FixCommand.in(kitchen).run("hooks", "run", "next");

    assertThat(next.exit()).as(next.err()).isZero();
    assertThat(files()).doesNotContain("context.json", "nodes", "output", "call-1.env");
    // Of what is in the history the output is kept.
    assertThat(files().contains("output.log")).isEqualTo(words.equals(IN_A_RUN));
  }

  @Test
  void whatALivingOneNeedsStays() throws Exception {
    try (FixProcess fix = start(BY_HAND)) {
      assertThat(FixCommand.in(kitchen).run("hooks", "run", "next").exit()).isZero();
      assertThat(files()).containsExactly("context.json", "nodes", "output");
      letItEnd();
      assertThat(fix.await().exit()).isZero();
    }
    assertThat(files()).isEmpty();
  }
}
