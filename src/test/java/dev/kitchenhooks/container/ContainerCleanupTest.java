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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of containers by their policies, and what later runs do with those of earlier. */
class ContainerCleanupTest {
  /** Of a process that has ended long ago, on this machine. */
  private static final String DEAD = "dev.kitchenhooks.process=1:1:";

  @TempDir Path dir;
  private ContainerKitchen at;

  @BeforeEach
  void engine() {
    at = new ContainerKitchen(DockerEngine.shared(), dir.resolve("kitchen"));
  }

  private void policy(String words) {
    policy(words, "");
  }

  private void policy(String words, String more) {
    at.script("", ", \"cleanup\": [%s]".formatted(words), "echo output of $FIX_RUN_ID", "exit $1");
    at.kitchen.hookDef(
        "h.json",
        """
        {"name": "h", "type": "node_postdeployhook", "exec": "h", %s
         "container": {"image": "tiny", "cleanup": [%s]}}
        """
            .formatted(more, words.isEmpty() ? "" : "\"" + words.replace("+", "\",\"") + "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                      1, 1, 2",
    "succeeded,               0, 1, 1",
    "failed,                  1, 0, 1",
    "before,                  1, 1, 1",
    "succeeded+failed,        0, 0, 0",
    "succeeded+before,        0, 1, 1",
    "failed+before,           1, 0, 0",
    "succeeded+failed+before, 0, 0, 0"
  })
  void everyCombinationDoesWhatItsWordsSay(
      String words, int afterSuccess, int afterFailure, int afterBoth) throws IOException {
    policy(words);
    FixResult success = at.run("--rc", "0");
    assertThat(success.exit()).as(success.err()).isZero();
    assertThat(at.containers()).hasSize(afterSuccess);
    asOfADeadRun();
    FixResult failure = at.run("--rc", "5");
    assertThat(failure.exit()).isEqualTo(5);
    assertThat(at.containers()).hasSize(afterBoth);
    assertThat(failure.err().contains("is kept")).isEqualTo(afterFailure == 1);
    assertThat(at.running()).isEmpty();
  }

  /** Makes containers again that were kept, as if fix had been another process then. */
  private void asOfADeadRun() throws IOException {
    for (String name : at.containers()) {
      String labels =
          at.engine.docker(
              "inspect",
              "--format",
              "{{range $k, $v := .Config.Labels}}{{$k}}={{$v}}\n{{end}}",
              name);
      String code = at.engine.docker("inspect", "--format", "{{.State.ExitCode}}", name).strip();
      at.engine.docker("rm", name);
      abandoned(
          name,
          labels
              .lines()
              .filter(l -> l.startsWith("dev.kitchenhooks.") && !l.contains(".process="))
              .toList(),
          "exit " + code);
    }
  }

  /** A container of a run that has died. */
  private void abandoned(String name, List<String> labels, String script) throws IOException {
    var arguments =
        new java.util.ArrayList<>(List.of("create", "--init", "--network=none", "--name", name));
    labels.forEach(label -> arguments.addAll(List.of("--label", label)));
    arguments.addAll(List.of("--label", DEAD + host(), "tiny", "sh", "-c", script));
    at.engine.docker(arguments.toArray(String[]::new));
    if (script.startsWith("exit")) {
      try {
        at.engine.docker("start", "--attach", name);
      } catch (IOException e) {
        assertThat(script).isNotEqualTo("exit 0");
      }
    } else {
      at.engine.docker("start", name);
    }
  }

  private static String host() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  private List<String> labels(String hook, String node, String cleanup) {
    return List.of(
        "dev.kitchenhooks.kitchen=" + at.directory(),
        "dev.kitchenhooks.hook=" + hook,
        "dev.kitchenhooks.node=" + node,
        "dev.kitchenhooks.cleanup=" + cleanup);
  }

  @Test
  void theLogsOfAKeptContainerCanBeRead() throws IOException {
    policy("");
    assertThat(at.run("--rc", "0").exit()).isZero();
    String name = at.containers().getFirst();
    assertThat(name).matches("fix-h-\\d{8}-\\d{6}-[0-9a-f]{4}-1");
    assertThat(at.engine.docker("logs", name))
        .contains("output of " + name.split("-", 3)[2].replaceFirst("-1$", ""));
  }

  @Test
  void beforeRemovesOnlyWhatIsOfThisHookAndThisNode() throws IOException {
    policy("before");
    abandoned("same", labels("h", ContainerKitchen.NODE, "BEFORE"), "exit 0");
    abandoned("other-node", labels("h", "b.example.com", "BEFORE"), "exit 0");
    abandoned("other-hook", labels("g", ContainerKitchen.NODE, "BEFORE"), "exit 0");
    assertThat(at.run("--rc", "0").exit()).isZero();
    assertThat(at.containers())
        .hasSize(3)
        .contains("other-node", "other-hook")
        .doesNotContain("same");
  }

  @ParameterizedTest
  @CsvSource({"before, 1", "succeeded+before, 1", "succeeded, 3"})
  void ofSeveralAttemptsBeforeLeavesTheLast(String words, int left) throws IOException {
    policy(words, "\"retries\": {\"attempts\": 3, \"delay\": \"1ms\"},");
    assertThat(at.run("--rc", "5").exit()).isEqualTo(5);
    assertThat(at.containers()).hasSize(left).last().asString().endsWith("-3");
  }

  @Test
  void aRunThatLivesKeepsItsContainers() throws Exception {
    at.script(
        "\"timeout\": \"1m\",", ", \"writable\": true", "echo > /kitchen/ready", "cat /kitchen/go");
    var ready = at.ready();
    dev.kitchenhooks.testkit.SshKeys.run(
        List.of("mkfifo", at.directory().resolve("go").toString()));
    CompletableFuture<FixResult> first = at.runMeanwhile();
    ready.join();
    String running = at.containers().getFirst();
    at.kitchen.script("h", "echo second");
    assertThat(at.run().exit()).isZero();
    assertThat(at.containers()).containsExactly(running);
    Files.writeString(at.directory().resolve("go"), "");
    assertThat(first.join().exit()).isZero();
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void whatADeadRunLeftRunningIsEndedByTheNextHookOfTheKitchen() throws IOException {
    policy("succeeded");
    abandoned("to-be-removed", labels("x", "n", "FAILED"), "sleep 1000");
    abandoned("to-be-kept", labels("x", "n", "SUCCEEDED"), "sleep 1000");
    abandoned("done-well", labels("x", "n", "SUCCEEDED"), "exit 0");
    abandoned("done-badly", labels("x", "n", "SUCCEEDED"), "exit 1");
    assertThat(at.run("--rc", "0").exit()).isZero();
    assertThat(at.containers()).containsExactly("done-badly", "to-be-kept");
    assertThat(at.running()).isEmpty();
  }

  @Test
  void whatIsOfAnotherMachineIsLeftAlone() throws IOException {
    policy("succeeded+failed+before");
    at.engine.docker(
        "run",
        "--detach",
        "--init",
        "--network=none",
        "--name",
        "elsewhere",
        "--label",
        "dev.kitchenhooks.kitchen=" + at.directory(),
        "--label",
        "dev.kitchenhooks.hook=h",
        "--label",
        "dev.kitchenhooks.node=" + ContainerKitchen.NODE,
        "--label",
        "dev.kitchenhooks.cleanup=FAILED",
        "--label",
        DEAD + "some-other-host",
        "tiny",
        "sleep",
        "1000");
    assertThat(at.run("--rc", "0").exit()).isZero();
    assertThat(at.running()).containsExactly("elsewhere");
    at.engine.docker("rm", "--force", "elsewhere");
  }
}
