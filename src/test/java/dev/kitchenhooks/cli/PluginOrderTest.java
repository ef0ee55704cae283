package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code plugin:NAME}: real programs that are given a node, and may change it. */
class PluginOrderTest {
  private static final String NODE = "web1.example.com";
  private static final String BEFORE =
      """
      {
          "chef_environment": "staging",
          "run_list": ["role[web]"],
          "port": 80
      }
      """;

  @TempDir Path scratch;
  private KitchenBuilder kitchen;

  @BeforeEach
  void makeKitchen() {
    kitchen =
        KitchenBuilder.in(scratch)
            .environmentJson(
                "staging",
                "{\"name\": \"staging\", \"default_attributes\": {\"dns\": \"1.1.1.1\"}}")
            .role("web")
            .nodeJson(NODE, BEFORE);
  }

  private FixResult run(String plugin, String... lines) {
    kitchen.executable("plugins/" + plugin, lines);
    return FixCommand.in(kitchen).run("node:" + NODE, "plugin:" + plugin);
  }

  private String file() throws IOException {
    return Files.readString(kitchen.directory().resolve("nodes/" + NODE + ".json"));
  }

  @Test
  void whatItPrintsAsJsonIsTheChangedNodeInTheFilesOwnStyle() throws IOException {
    FixResult result =
        run(
            "move",
            "#!/bin/sh",
            "echo looking >&2",
            "sed 's/\"port\":80/\"port\":81,\"ip\":[\"a\"]/'");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(file())
        .isEqualTo(
            """
            {
                "chef_environment": "staging",
                "run_list": [
                    "role[web]"
                ],
                "port": 81,
                "ip": [
                    "a"
                ]
            }
            """);
    assertThat(result.out())
        .contains(
            NODE + " running the plugin",
            NODE + " | looking",
            NODE + " | nodes/" + NODE + ".json: \"port\" 81, was 80",
            NODE + " | nodes/" + NODE + ".json: \"ip\" set to [\"a\"]",
            NODE + " plugin ok in");
    assertThat(kitchen.directory().resolve("nodes").toFile().list()).hasSize(1);
  }

  @Test
  void itIsGivenTheFilesMembersAndWhatTheKitchenMakesOfThem() {
    FixResult result = run("show", "#!/bin/sh", "echo node $FIX_NODE in $PWD", "cat");
    assertThat(result.out())
        .contains(
            NODE + " | node " + NODE + " in " + kitchen.directory(),
            "\"port\":80",
            "\"fix\":{\"fqdn\":\"" + NODE + "\"",
            "\"roles\":[\"web\"]",
            "\"dns\":\"1.1.1.1\"");
  }

  @Test
  void whoPrintsTheNodeAsItWasChangesNothing() throws IOException {
    FixResult result = run("same", "#!/bin/sh", "cat");
    assertThat(result.exit()).isZero();
    assertThat(file()).isEqualTo(BEFORE);
    assertThat(result.out()).doesNotContain("nodes/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "echo done", "printf '[1]'", "echo 'null'"})
  void whatIsNoJsonObjectIsOutput(String command) throws IOException {
    FixResult result = run("talk", "#!/bin/sh", command);
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(file()).isEqualTo(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo '{\"a\": 1'",
        "echo '{\"a\": 1, \"a\": 2}'",
        "echo '{} trailing'",
        "echo '{\"run_list\": [\"role[none]\"]}'",
        "echo '{\"run_list\": 7}'",
        "yes '{' | head -c 5000000",
      })
  void whatIsNoNodeLeavesTheFileAsItIs(String command) throws IOException {
    FixResult result = run("bad", "#!/bin/sh", command);
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(file()).isEqualTo(BEFORE);
    assertThat(result.out()).contains("Plugin failed on " + NODE);
  }

  @Test
  void aFailedOneChangesNothingWhateverItPrinted() throws IOException {
    FixResult result = run("fail", "#!/bin/sh", "echo '{\"port\": 1}'", "exit 7");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .contains(NODE + " | {\"port\": 1}", "plugin failed (exit 7)", "plugin: fail");
    assertThat(file()).isEqualTo(BEFORE);
  }

  @Test
  void aFileThatSomebodyElseHasChangedMeanwhileIsLeftToThem() throws IOException {
    FixResult result =
        run("slow", "#!/bin/sh", "echo '{\"port\": 9}' >nodes/" + NODE + ".json", "echo '{}'");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("was changed by somebody else while the plugin ran");
    assertThat(file()).isEqualTo("{\"port\": 9}\n");
  }

  @Test
  void itIsFoundWithoutItsExtensionAndNamedIfThereIsNone() {
    kitchen.executable("plugins/save_ip.py", "#!/bin/sh", "echo called");
    assertThat(FixCommand.in(kitchen).run("node:" + NODE, "plugin:save_ip").out())
        .contains(NODE + " | called");
    FixResult wrong = FixCommand.in(kitchen).run("node:" + NODE, "plugin:safe_ip.py");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo(
            "fix: plugin \"safe_ip.py\" does not exist\n  -> did you mean \"save_ip.py\"?\n");
  }

  @Test
  void whatOthersCanChangeIsNotRun() {
    kitchen
        .executable("plugins/open", "#!/bin/sh", "echo called")
        .permissions("plugins/open", "rwxr-xrwx");
    FixResult result = FixCommand.in(kitchen).run("node:" + NODE, "plugin:open");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("plugins/open can be changed by everybody");
    kitchen.file("plugins/plain", "#!/bin/sh\n");
    assertThat(FixCommand.in(kitchen).run("node:" + NODE, "plugin:plain").err())
        .contains("plugins/plain is not executable");
  }

  @Test
  void dummiesAndPlansRunNothing() {
    kitchen.nodeJson(NODE, "{\"dummy\": true}");
    assertThat(run("talk", "#!/bin/sh", "touch called").exit()).isZero();
    kitchen.nodeJson(NODE, BEFORE);
    FixResult plan = FixCommand.in(kitchen).run("plan", "node:" + NODE, "plugin:talk");
    assertThat(plan.out()).contains("  plugin plugins/talk, with the node on its stdin");
    assertThat(kitchen.directory().resolve("called")).doesNotExist();
  }
}
