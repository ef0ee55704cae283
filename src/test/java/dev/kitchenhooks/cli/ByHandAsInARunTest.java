package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.GitRepository;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code fix hooks run} gives a hook exactly what a run gives it: each hook shows all that it gets,
 * once in a run of one node, then by hand, and both must be the same but for the names of the run.
 */
@Timeout(120)
class ByHandAsInARunTest {
  private static final String NODE = NodeFarm.name(1);

  private static final String[] SHOW_ALL = {
    "for argument in \"$0\" \"$@\"; do echo \"argument: $argument\"; done",
    "env | sort",
    "pwd",
    "umask",
    "echo \"input: $(wc -c)\"",
    "cat \"$FIX_CONTEXT\"",
    "echo",
    "cat \"$FIX_NODES_FILE\"",
    "echo \"empty: $(wc -c <\"$FIX_OUTPUT\")\""
  };

  @TempDir Path scratch;
  private NodeFarm farm;
  private KitchenBuilder kitchen;

  /** A hook of a run: its name, its type, and its node if it has one. */
  private record Call(String hook, String type, String node) {}

  @BeforeEach
  void start() throws IOException {
    farm = NodeFarm.start(1);
    kitchen =
        KitchenBuilder.in(scratch.resolve("kitchen"))
            .cfg(
                "[userinfo]",
                "ssh-config = " + farm.access().sshConfig(),
                "[kitchen]",
                "node_work_path = work")
            .role("web", "role[base]")
            .role("base")
            .environment("staging")
            .node(NODE, "staging", "role[web]")
            .script("show", SHOW_ALL);
    hook("global", "[\"global_predeployhook\", \"global_postdeployhook\"]", "");
    hook("node", "[\"node_predeployhook\", \"node_postdeployhook\"]", "");
  }

  @AfterEach
  void stop() throws IOException {
    farm.close();
  }

  private void hook(String name, String types, String more) {
    kitchen.hookDef(
        name + ".json",
        """
        { "name": "%s", "type": %s, "exec": "show", "args": ["--pool", "a b"],
          "environment": { "LITERAL": "a $HOME 'b'", "CALLERS": null } %s }
        """
            .formatted(name, types, more));
  }

  private FixResult fix(Map<String, String> environment, String... words) {
    FixCommand command = FixCommand.in(kitchen).with("CALLERS", "mine");
    environment.forEach(command::with);
    return command.run(words);
  }

  @Test
  void onThisMachineFromAPluginAndOnTheNode() {
    GitRepository repository = GitRepository.in(scratch.resolve("plugin")).script("show", SHOW_ALL);
    repository.commit("Show");
    hook(
        "plugin",
        "\"node_postdeployhook\"",
        ", \"plugin\": { \"repo\": \"%s\", \"ref\": \"main\" }".formatted(repository.url()));
    hook("there", "[\"node_predeployhook\", \"node_postdeployhook\"]", ", \"where\": \"node\"");
    assertThat(fix(Map.of(), "hooks", "update").exit()).isZero();

    assertSame(Map.of(), 7);
  }

  @Test
  void inAContainer() {
    hook(
        "inside",
        "[\"node_predeployhook\", \"node_postdeployhook\"]",
        ", \"container\": { \"image\": \"%s\" }".formatted(DockerEngine.IMAGE));

    assertSame(Map.of("DOCKER_HOST", DockerEngine.shared().host()), 6);
  }

  private void assertSame(Map<String, String> environment, int calls) {
    FixResult run = fix(environment, "node:all", "--yes", "--output", "json");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    var given = new LinkedHashMap<Call, List<String>>();
    for (JsonNode event : run.events()) {
      if (event.path("event").asString().equals("hook-output")) {
        var call =
            new Call(
                event.path("hook").asString(),
                event.path("type").asString(),
                event.path("node").asString(""));
        given.computeIfAbsent(call, _ -> new ArrayList<>()).add(event.path("line").asString());
      }
    }
    assertThat(given).hasSize(calls);
    given.forEach((call, lines) -> {
      FixResult byHand = fix(environment, byHand(call));
      assertThat(byHand.exit()).as(call + byHand.err()).isZero();
      assertThat(comparable(byHand.out().lines().toList()))
          .as(call.toString())
          .isEqualTo(comparable(lines));
    });
  }

  private static String[] byHand(Call call) {
    var words = new ArrayList<>(List.of("hooks", "run", call.hook(), "--type", call.type()));
    if (!call.node().isEmpty()) {
      words.addAll(List.of("--node", call.node()));
    }
    return words.toArray(String[]::new);
  }

  /** Without the names of the run, and what only a run knows: which nodes it has done. */
  private static List<String> comparable(List<String> lines) {
    return lines.stream()
        .map(line ->
            line.replaceAll("\\d{8}-\\d{6}-[0-9a-f]{4}", "RUN")
                .replaceAll("/call-\\d+", "/call-N")
                .replaceAll("fix-hook\\.\\d+\\.\\d+", "fix-hook.N")
                .replaceAll("^(FIX_PROCESS_TREE|FIX_COMMAND|HOSTNAME)=.*", "$1")
                .replaceAll("\"(command|started)\":\"[^\"]*\"", "\"$1\"")
                .replaceAll("\"outcome\":\"[a-z]+\"", "\"outcome\":null"))
        .toList();
  }
}
