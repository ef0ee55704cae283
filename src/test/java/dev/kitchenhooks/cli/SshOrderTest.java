package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ssh:"COMMAND"}, over real connections. */
@Timeout(120)
class SshOrderTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);
  private static final String BOTH = "node:" + ONE + "," + TWO;

  @TempDir Path scratch;

  private KitchenBuilder kitchen(NodeFarm farm) {
    return KitchenBuilder.in(scratch.resolve("kitchen"))
        .cfg("[userinfo]", "ssh-config = " + farm.access().sshConfig())
        .role("base")
        .node(ONE, "_default", "role[base]")
        .node(TWO, "_default", "role[base]");
  }

  @Test
  void theCommandLineReachesTheShellAsItIs() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      FixResult result =
          FixCommand.in(kitchen(farm))
              .run("node:" + ONE, "ssh:printf '%s\\n' \"a,b\" c=d && echo $((1+2)) | tr 3 x; pwd");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains(
              ONE + " running the command",
              ONE + " | a,b",
              ONE + " | c=d",
              ONE + " | x",
              ONE + " | " + farm.node(1).home(),
              ONE + " command ok in",
              "1 deployed");
      assertThat(farm.node(1).chefCalls()).isEmpty();
    }
  }

  @Test
  void theLoginUsersProfileCounts() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      Files.writeString(farm.node(1).file(".profile"), "export FROM_PROFILE=yes\n");
      FixResult result =
          FixCommand.in(kitchen(farm)).run("node:" + ONE, "ssh:echo profile=$FROM_PROFILE");
      assertThat(result.out()).contains(ONE + " | profile=yes");
    }
  }

  @Test
  void itsCodeDecidesAsADeploysDoes() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen = kitchen(farm);
      FixResult stops = FixCommand.in(kitchen).run(BOTH, "ssh:exit 3");
      assertThat(stops.exit()).isEqualTo(1);
      assertThat(stops.out())
          .contains(
              "Command failed on " + ONE,
              "command failed (exit 3)",
              "ssh: exit 3",
              "1 failed, 1 not-started");

      FixResult goesOn =
          FixCommand.in(kitchen)
              .run("nodes_with_role:base", "ssh:exit 3", "--keep-going", "-c2", "--output", "json");
      assertThat(goesOn.exit()).isEqualTo(1);
      assertThat(goesOn.outcomes()).isEqualTo(Map.of(ONE, "failed", TWO, "failed"));

      FixResult told = FixCommand.in(kitchen).run("status");
      assertThat(told.out()).contains("'ssh:exit 3'");
      FixResult json = FixCommand.in(kitchen).run("status", "--output", "json");
      assertThat(json.out()).contains("\"work\":\"ssh\"");
    }
  }

  @Test
  void aPasswordInTheCommandIsShownNowhere() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen =
          kitchen(farm)
              .cfg(
                  "[userinfo]",
                  "password = hunter2secret",
                  "ssh-config = " + farm.access().sshConfig());
      for (String output : List.of("text", "json")) {
        FixResult result =
            FixCommand.in(kitchen).run("node:" + ONE, "ssh:echo hunter2secret", "--output", output);
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out() + result.err())
            .contains("echo ***")
            .doesNotContain("hunter2secret");
      }
    }
  }

  @Test
  void whoCannotBeReachedIsSaidSo() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      farm.node(1).close();
      FixResult result =
          FixCommand.in(kitchen(farm)).run(BOTH, "ssh:true", "--keep-going", "--output", "json");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.outcomes()).isEqualTo(Map.of(ONE, "unreachable", TWO, "deployed"));
    }
  }

  @Test
  void dummiesAreLeftOut() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen =
          kitchen(farm).nodeJson(TWO, "{\"run_list\": [\"role[base]\"], \"dummy\": true}");
      FixResult result = FixCommand.in(kitchen).run("nodes_with_role:base", "ssh:echo here");
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains(ONE + " | here").doesNotContain(TWO + " |");
      assertThat(farm.node(2).commands()).isEmpty();
    }
  }

  @Test
  void onlyHooksThatNameItRun() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm).script("note", "echo \"$FIX_HOOK_NAME $*\" >>calls");
      hook(kitchen, "usual", "");
      hook(kitchen, "but-wrap", ", \"filters\": {\"commands\": [\"!wrap\"]}");
      hook(kitchen, "named", ", \"filters\": {\"commands\": [\"ssh\", \"fix\"]}");
      hook(kitchen, "all", ", \"filters\": {\"commands\": [\"*\"]}");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "ssh:true");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(kitchen.directory().resolve("calls"))
          .hasContent("all 0 %s\nnamed 0 %s\n".formatted(ONE, ONE));

      FixResult explained =
          FixCommand.in(kitchen)
              .run("hooks", "explain", "node:" + ONE, "ssh:true", "--hook", "usual");
      assertThat(explained.out()).contains("usual", "commands", "ssh");
    }
  }

  private static void hook(KitchenBuilder kitchen, String name, String more) {
    kitchen.hookDef(
        name + ".json",
        "{\"name\": \"%s\", \"type\": \"node_postdeployhook\", \"exec\": \"note\"%s}"
            .formatted(name, more));
  }

  @Test
  void aDeployThatGoesOnDoesNotKeepANodeFromBeingLookedAt() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen =
          kitchen(farm)
              .cfg(
                  "[userinfo]",
                  "ssh-config = " + farm.access().sshConfig(),
                  "[kitchen]",
                  "node_work_path = work");
      try (var chef = farm.node(1).holdChef();
          FixProcess deploy =
              FixProcess.start(kitchen.directory(), scratch.resolve("o"), "node:" + ONE)) {
        try (var _ = chef.awaitChef()) {
          FixResult look = FixCommand.in(kitchen).run("node:" + ONE, "ssh:echo looked");
          assertThat(look.exit()).as(look.out() + look.err()).isZero();
          assertThat(look.out()).contains(ONE + " | looked");
        }
        assertThat(deploy.await().exit()).isZero();
      }
    }
  }

  @Test
  void anInterruptEndsItAndLeavesNothing() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen = kitchen(farm);
      Path began = farm.node(1).file("began");
      assertThat(new ProcessBuilder("mkfifo", began.toString()).start().waitFor()).isZero();
      try (FixProcess fix =
          FixProcess.start(
              kitchen.directory(),
              scratch.resolve("o"),
              BOTH,
              "ssh:echo $$ >began; exec sleep 600",
              "--output",
              "json")) {
        long pid = Long.parseLong(firstLine(began, fix));
        fix.signal("INT");
        FixResult result = fix.await();
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(130);
        assertThat(result.outcomes()).isEqualTo(Map.of(ONE, "interrupted", TWO, "not-started"));
        Optional<ProcessHandle> command = ProcessHandle.of(pid);
        if (command.isPresent()) {
          command.get().onExit().get(); // told to end, it may take a moment
        }
      }
    }
  }

  /** What is written into a pipe, unless the one that is to write ends first. */
  private static String firstLine(Path pipe, FixProcess writer) throws Exception {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe).strip();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            Thread::startVirtualThread);
    CompletableFuture<Object> ended =
        ProcessHandle.of(writer.pid()).orElseThrow().onExit().thenApply(_ -> "");
    if (CompletableFuture.anyOf(line, ended).get().equals("")) {
      FixResult result = writer.await();
      throw new AssertionError("it ended: " + result.out() + result.err());
    }
    return line.get();
  }

  @Test
  void aPlanShowsItAndConnectsToNothing() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      FixResult plan = FixCommand.in(kitchen(farm)).run("plan", "node:" + ONE, "ssh:uptime -p");
      assertThat(plan.out())
          .contains("Plan of: fix node:%s 'ssh:uptime -p'".formatted(ONE), "  ssh    uptime -p");
      assertThat(farm.node(1).commands()).isEmpty();
    }
  }

  @Test
  void whyRunIsRefusedSinceItCouldNotBeKept() throws IOException {
    KitchenBuilder kitchen = KitchenBuilder.in(scratch.resolve("kitchen")).node(ONE);
    FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "ssh:reboot", "--why-run");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: ssh knows no --why-run: it would change what it changes
              -> --dry-run shows what would be done, and does nothing
            """);
  }
}
