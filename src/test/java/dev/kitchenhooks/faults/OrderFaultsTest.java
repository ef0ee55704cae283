package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of {@code deploy_chef} and {@code plugin:}, by real {@code fix} processes. */
@Timeout(180)
class OrderFaultsTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);

  @TempDir Path scratch;

  /** With a hook that cleans up after each node, whatever happened. */
  private KitchenBuilder kitchen(NodeFarm farm, String installs) {
    return KitchenBuilder.in(scratch.resolve("kitchen"))
        .cfg(
            "[userinfo]",
            "ssh-config = " + farm.access().sshConfig(),
            "[kitchen]",
            "node_work_path = work",
            "deploy_chef_command = " + installs)
        .node(ONE)
        .node(TWO)
        .script("tidy", "echo \"$*\" >> calls")
        .hookDef(
            "tidy.json",
            """
            {"name": "tidy", "type": "node_postdeployhook", "exec": "tidy",
             "run_condition": "always", "filters": {"commands": ["deploy_chef", "plugin"]}}
            """);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void anInterruptEndsAnInstallationOnItsNode(String signal, int exit) throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      Path program = Files.writeString(scratch.resolve("installs.sh"), hanging());
      KitchenBuilder kitchen = kitchen(farm, "sh " + program);

      assertInterrupted(kitchen, signal, exit, "deploy_chef");

      // Nothing holds their locks.
      FixResult next = FixCommand.in(kitchen).run("node:all", "--yes");
      assertThat(next.exit()).as(next.out() + next.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void anInterruptEndsAPluginAndLeavesTheNodeFile(String signal, int exit) throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen = kitchen(farm, "true");
      kitchen.executable("plugins/hang", "#!/bin/sh", "echo '{\"port\": 1}'", hanging());
      Path file = kitchen.directory().resolve("nodes/" + ONE + ".json");
      String before = Files.readString(file);

      assertInterrupted(kitchen, signal, exit, "plugin:hang");

      assertThat(file).hasContent(before);
    }
  }

  /** A script that says that it is there, and then is there until it is ended. */
  private String hanging() throws Exception {
    return "exec 9>%s\necho up >&9\nread -r _ <%s\n".formatted(fifo("held"), fifo("never"));
  }

  private void assertInterrupted(KitchenBuilder kitchen, String signal, int exit, String order)
      throws Exception {
    try (FixProcess fix = start(kitchen, "node:all", order, "--yes", "--output", "json");
        BufferedReader alive = Files.newBufferedReader(scratch.resolve("held"))) {
      assertThat(alive.readLine()).isEqualTo("up");
      fix.signal(signal);
      FixResult result = fix.await();

      assertThat(alive.readLine()).as("all that it was made of has ended").isNull();
      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
      assertThat(result.outcomes()).isEqualTo(Map.of(ONE, "interrupted", TWO, "not-started"));
      assertThat(kitchen.directory().resolve("calls")).hasContent("130 " + ONE);
    }
  }

  @Test
  void whereNobodyAnswersNothingIsInstalled() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      farm.node(1).close();
      farm.node(2).program("chef-solo", "#!/bin/sh\necho Chef Infra Client: 18.5.0\n");

      FixResult result =
          FixCommand.in(kitchen(farm, "true"))
              .run("node:all", "deploy_chef", "--yes", "--keep-going", "--output", "json");

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.outcomes()).isEqualTo(Map.of(ONE, "unreachable", TWO, "deployed"));
      assertThat(scratch.resolve("kitchen/calls")).hasContent("0 " + TWO);
    }
  }

  @RepeatedTest(3)
  void aRunThatIsKilledWhileItWritesANodeFileLeavesItWhole() throws Exception {
    KitchenBuilder kitchen =
        KitchenBuilder.in(scratch.resolve("kitchen"))
            .nodeJson(ONE, "{\"port\": 80, \"pad\": \"%s\"}".formatted("x".repeat(600_000)))
            .executable("plugins/first", "#!/bin/sh", "sed 's/\"port\":80/\"port\":81/'")
            .executable("plugins/second", "#!/bin/sh", "sed 's/\"port\":81/\"port\":82/'");
    Path nodes = kitchen.directory().resolve("nodes");
    Path file = nodes.resolve(ONE + ".json");
    assertThat(FixCommand.in(kitchen).run("node:" + ONE, "plugin:first").exit()).isZero();
    String before = Files.readString(file);
    String after = before.replace("\"port\": 81", "\"port\": 82");
    assertThat(after).isNotEqualTo(before);

    try (WatchService watch = nodes.getFileSystem().newWatchService();
        FixProcess fix = start(kitchen, "node:" + ONE, "plugin:second")) {
      nodes.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      // What will take the file's place has just been made.
      watch.take();
      fix.signal("KILL");
      assertThat(fix.await().exit()).isEqualTo(137);
    }

    assertThat(Files.readString(file)).isIn(before, after);
    FixResult list = FixCommand.in(kitchen).run("list_nodes");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains(ONE);
    assertThat(list.err()).isEqualToIgnoringNewLines("Found 1 node");
    Files.writeString(file, before);
    FixResult again = FixCommand.in(kitchen).run("node:" + ONE, "plugin:second");
    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertThat(file).hasContent(after);
    assertThat(nodes.toFile().list()).containsExactly(ONE + ".json");
  }

  private FixProcess start(KitchenBuilder kitchen, String... words) throws Exception {
    return FixProcess.start(kitchen.directory(), scratch.resolve("output"), words);
  }

  private Path fifo(String name) throws Exception {
    Path path = scratch.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor())
        .isZero();
    return path;
  }
}
