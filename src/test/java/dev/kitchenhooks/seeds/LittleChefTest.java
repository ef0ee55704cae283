package dev.kitchenhooks.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.seeds.SeedKitchen.Ran;
import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.NodeFarm;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LittleChef's proposal of hooks: its example, and each use and rule that it names. */
@Timeout(120)
class LittleChefTest {
  private static final String EXAMPLE =
      """
      {
      "name": "my pre deploy hook",
      "type": "gobal_predeployhook",
      "filters": {
      "chef_environement": ["staging"],
      },
      "exec": "/usr/bin/somehook"
      }
      """;

  private static final String DEFINITION = "hook-defs/my-pre-deploy-hook.json";

  @TempDir Path scratch;
  private NodeFarm farm;
  private SeedKitchen kitchen;

  @BeforeEach
  void start() throws Exception {
    farm = NodeFarm.start(List.of("a.google.de", "lb.google.de", "db.google.de"));
    kitchen =
        SeedKitchen.copy("littlechef", scratch.resolve("kitchen"))
            .replace("littlechef.cfg", "user = root", "ssh-config = " + farm.access().sshConfig())
            .cfg("[kitchen]", "node_work_path = kitchen")
            // The machine of the test has no /usr/bin/somehook.
            .replace(DEFINITION, "/usr/bin/somehook", "somehook")
            .program("hooks/somehook", "#!/bin/sh", "echo \"$@\"");
    git(scratch, "init", "-q", "--bare", "-b", "main", "upstream.git");
    git(kitchen.directory(), "init", "-q", "-b", "main");
    Files.writeString(kitchen.directory().resolve(".gitignore"), ".fix/\n");
    commit("first");
    git(kitchen.directory(), "remote", "add", "origin", scratch.resolve("upstream.git").toString());
    git(kitchen.directory(), "push", "-q", "-u", "origin", "main");
  }

  @AfterEach
  void stop() throws IOException {
    farm.close();
  }

  @Test
  void theExampleLoadsByteForByte() throws IOException {
    assertThat(SeedKitchen.ALL.resolve("littlechef").resolve(DEFINITION)).hasContent(EXAMPLE);

    FixResult lint = kitchen.fix("hooks", "lint");

    assertThat(lint.exit()).as(lint.out()).isZero();
    assertThat(lint.out())
        .contains(DEFINITION + ":3:9: warning: \"gobal_predeployhook\" is read as")
        .contains(DEFINITION + ":5:1: warning:")
        .doesNotContain("error");
  }

  @Test
  void theHooksOfARunAreThoseOfItsEnvironmentAndRoles() {
    Ran staging = kitchen.run("--env", "staging", "node:a.google.de,lb.google.de");

    assertThat(staging.exit()).as(staging.result().err()).isZero();
    assertThat(staging.output("my pre deploy hook")).containsExactly("a.google.de lb.google.de");
    assertThat(staging.output("downtime"))
        .containsExactly("downtime for a.google.de", "downtime for lb.google.de");
    assertThat(staging.output("load balancer"))
        .containsExactly("remove a.google.de from the pool", "add a.google.de to the pool");
    assertThat(staging.output("test suite"))
        .containsExactly("run ended with 0; testing a.google.de lb.google.de");

    Ran production = kitchen.run("node:db.google.de");
    assertThat(production.hooks())
        .containsExactly("kitchen is up to date: 0", "downtime: 0", "test suite: 0");
  }

  @Test
  void aFailingGlobalPreDeployHookDeploysNoNode() throws Exception {
    Path other = scratch.resolve("other");
    git(scratch, "clone", "-q", "upstream.git", other.toString());
    Files.writeString(other.resolve("new"), "");
    git(other, "add", "new");
    git(other, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "newer");
    git(other, "push", "-q");

    Ran ran = kitchen.run("node:a.google.de");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.hooks()).containsExactly("kitchen is up to date: 1");
    assertThat(ran.output("kitchen is up to date"))
        .containsExactly("behind origin/main: git pull first");
    assertThat(farm.node("a.google.de").chefCalls()).isEmpty();
  }

  @Test
  void aFailingNodePreDeployHookSkipsThatNode() throws Exception {
    kitchen.program("hooks/load-balancer", "#!/bin/sh", "exit 1");

    Ran ran = kitchen.run("node:a.google.de,lb.google.de");

    assertThat(ran.result().outcomes())
        .isEqualTo(Map.of("a.google.de", "skipped", "lb.google.de", "deployed"));
    assertThat(ran.output("test suite"))
        .containsExactly("run ended with 5; testing a.google.de lb.google.de");
    assertThat(ran.exit()).isEqualTo(5);
  }

  @Test
  void aFailingNodePostDeployHookEndsTheRunWithAnError() throws Exception {
    kitchen.program("hooks/load-balancer", "#!/bin/sh", "[ $# -eq 1 ]");

    Ran ran = kitchen.run("node:a.google.de,lb.google.de");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.result().outcomes())
        .isEqualTo(Map.of("a.google.de", "failed", "lb.google.de", "not-started"));
  }

  @Test
  void theReturnCodeOfTheGlobalPostDeployHookIsTheResult() throws Exception {
    kitchen.program("hooks/test-suite", "#!/bin/sh", "exit 42");

    assertThat(kitchen.run("node:a.google.de").exit()).isEqualTo(42);
  }

  @Test
  void aNodeWhoseDeployFailedStaysOutOfThePool() throws Exception {
    FakeNode node = farm.node("a.google.de").chefExits(7);

    Ran ran = kitchen.run("node:a.google.de");

    assertThat(node.chefCalls()).hasSize(1);
    assertThat(ran.output("load balancer")).containsExactly("remove a.google.de from the pool");
    assertThat(ran.exit()).isEqualTo(1);
  }

  private void commit(String message) throws Exception {
    git(kitchen.directory(), "add", "-A");
    git(
        kitchen.directory(),
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "commit",
        "-qm",
        message);
  }

  private static void git(Path directory, String... words) throws Exception {
    var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(words));
    SshKeys.run(command);
  }
}
