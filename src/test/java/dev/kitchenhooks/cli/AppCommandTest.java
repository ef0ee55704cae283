package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code fix app}, over real connections; {@code docker} is a stand-in that writes down its calls
 * ({@code AppsOnDockerTest} has a real one).
 */
@Timeout(240)
class AppCommandTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);
  private static final String COMPOSE = "services:\n  web:\n    image: nginx # ours\n";

  @TempDir Path scratch;

  private KitchenBuilder kitchen(NodeFarm farm) throws IOException {
    KitchenBuilder kitchen =
        KitchenBuilder.in(scratch.resolve("kitchen"))
            .cfg(
                "[userinfo]",
                "ssh-config = " + farm.access().sshConfig(),
                "[kitchen]",
                "node_work_path = work")
            .environment("prod")
            .file("apps/shop.yml", COMPOSE)
            .roleJson(
                "shops",
                """
                {"name": "shops", "run_list": [],
                 "default_attributes": {"applications": {
                   "shop": {"version": "1.4", "compose_file": "apps/shop.yml",
                            "target_dir": "/somewhere"}}}}
                """)
            .script("record", "echo \"$FIX_HOOK_NAME $FIX_RETURN_CODE $*\" >>calls")
            .script("label", "sed -i 's/# ours/# labelled/' \"$4\"; echo \"label $*\" >>calls");
    for (FakeNode node : farm.nodes()) {
      kitchen.nodeJson(node.fqdn(), nodeJson(node));
      docker(node, 0);
    }
    return kitchen;
  }

  /** The role's, but for the directory, which must be this node's alone. */
  private static String nodeJson(FakeNode node) {
    return """
    {"chef_environment": "prod", "run_list": ["role[shops]"],
     "applications": {"shop": {"target_dir": "%s"}}}
    """
        .formatted(node.file("shop"));
  }

  private static void docker(FakeNode node, int exit) throws IOException {
    node.program(
        "docker",
        """
        #!/bin/sh
        [ "$*" != 'compose version' ] || exit 0
        echo "$*" >>%1$s/docker-calls
        echo "docker: $6"
        exit %2$d
        """
            .formatted(node.home(), exit));
  }

  private static List<String> dockerCalls(FakeNode node) throws IOException {
    Path calls = node.file("docker-calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private List<String> calls() throws IOException {
    Path calls = scratch.resolve("kitchen/calls");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream()
            .map(call -> call.replaceAll("/\\S*/docker-compose.yml", "COMPOSE"))
            .toList()
        : List.of();
  }

  private static void hook(KitchenBuilder kitchen, String name, String type, String exec) {
    kitchen.hookDef(
        name + ".json",
        "{\"name\": \"%s\", \"type\": \"%s\", \"exec\": \"%s\"}".formatted(name, type, exec));
  }

  @Test
  void whatAPreHookMakesOfTheCopyIsDeployed() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen = kitchen(farm);
      hook(kitchen, "label", "app_predeployhook", "label");
      hook(kitchen, "done", "app_postdeployhook", "record");
      hook(kitchen, "drain", "node_predeployhook", "record");
      FixResult result = FixCommand.in(kitchen).run("app", "deploy", "shop", "--node", ONE);
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      FakeNode node = farm.node(1);
      Path shop = node.file("shop");
      assertThat(shop.resolve("docker-compose.yml"))
          .hasContent(COMPOSE.replace("# ours", "# labelled"));
      assertThat(shop.resolve(".version")).hasContent("1.4\n");
      assertThat(kitchen.directory().resolve("apps/shop.yml")).hasContent(COMPOSE);
      assertThat(dockerCalls(node))
          .containsExactly(
              "compose -p shop-prod -f %s/docker-compose.yml up -d --remove-orphans"
                  .formatted(shop));
      assertThat(calls())
          .containsExactly(
              "label shop prod 1.4 COMPOSE " + shop, "done 0 shop prod 1.4 COMPOSE " + shop);
      assertThat(result.out())
          .contains(
              "1 node (" + ONE + "), 2 hooks, one at a time",
              ONE + " shop [label] ok in",
              ONE + " shop deploying 1.4",
              ONE + " shop | docker: up",
              ONE + " shop deploy ok in",
              "1 deployed");
      assertThat(node.chefCalls()).isEmpty();
      assertThat(dockerCalls(farm.node(2))).isEmpty();
      assertThat(kitchen.directory().resolve(".fix/runs"))
          .isDirectoryNotContaining("glob:**/app-*");
    }
  }

  @Test
  void inAnOrdinaryRunTheyFollowTheConverge() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      hook(kitchen, "drain", "node_predeployhook", "record");
      hook(kitchen, "label", "app_predeployhook", "label");
      hook(kitchen, "back", "node_postdeployhook", "record");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE);
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(farm.node(1).chefCalls()).hasSize(1);
      assertThat(dockerCalls(farm.node(1))).hasSize(1);
      assertThat(calls())
          .containsExactly(
              "drain  " + ONE,
              "label shop prod 1.4 COMPOSE " + farm.node(1).file("shop"),
              "back 0 0 " + ONE);
      FixResult status = FixCommand.in(kitchen).run("status");
      assertThat(status.out()).contains("Applications", ONE + "  shop 1.4  deployed");
    }
  }

  @Test
  void aFailedOneFailsItsNodeAndItsPostHooksDoNotRun() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen = kitchen(farm);
      hook(kitchen, "done", "app_postdeployhook", "record");
      docker(farm.node(1), 17);
      FixResult result = FixCommand.in(kitchen).run("app", "deploy", "shop");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out())
          .contains(
              "Application shop failed on " + ONE,
              "exit 17",
              "application \"shop\": deploy failed (exit 17)",
              "1 failed, 1 not-started");
      assertThat(calls()).isEmpty();
      assertThat(dockerCalls(farm.node(2))).isEmpty();
    }
  }

  @Test
  void undeployAsksTheNodeWhatIsThereAndTakesItAway() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      kitchen.script("saw", "cat \"$4\" >saw; echo \"$FIX_HOOK_TYPE $*\" >>calls");
      hook(kitchen, "before", "app_preundeployhook", "saw");
      hook(kitchen, "after", "app_postundeployhook", "record");
      FixCommand.in(kitchen).run("app", "deploy", "shop");
      Files.writeString(
          farm.node(1).file("shop/docker-compose.yml"), "services: {old: {image: x}}\n");
      FixResult result = FixCommand.in(kitchen).run("app", "undeploy", "shop");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(kitchen.directory().resolve("saw")).hasContent("services: {old: {image: x}}\n");
      assertThat(farm.node(1).file("shop")).doesNotExist();
      assertThat(dockerCalls(farm.node(1)).getLast()).endsWith("down --remove-orphans");
      assertThat(calls())
          .containsExactly(
              "app_preundeployhook shop prod 1.4 COMPOSE " + farm.node(1).file("shop"),
              "after 0 shop prod 1.4 COMPOSE " + farm.node(1).file("shop"));
      FixResult status = FixCommand.in(kitchen).run("app", "status");
      assertThat(status.out())
          .as(status.err())
          .contains("shop  prod  " + ONE + "  undeployed  1.4");
    }
  }

  @Test
  void aDeployWhoseRunWasKilledIsUnfinished() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      FakeNode node = farm.node(1);
      SshKeys.run(
          List.of("mkfifo", node.file("arrived").toString(), node.file("never").toString()));
      node.program(
          "docker",
          """
          #!/bin/sh
          [ "$*" != 'compose version' ] || exit 0
          echo up >%1$s/arrived
          read -r _ <%1$s/never
          """
              .formatted(node.home()));
      try (FixProcess fix =
          FixProcess.start(
              kitchen.directory(), scratch.resolve("output"), "app", "deploy", "shop")) {
        Files.readString(node.file("arrived"));
        fix.signal("KILL");
        assertThat(fix.await().exit()).isEqualTo(137);
      }
      FixResult status = FixCommand.in(kitchen).run("app", "status");
      assertThat(status.out())
          .as(status.err())
          .contains("shop  prod  " + ONE + "  unfinished  1.4");
      docker(node, 0);
      FixResult again = FixCommand.in(kitchen).run("app", "deploy", "shop", "--wait", "1m");
      assertThat(again.exit()).as(again.out() + again.err()).isZero();
      FixResult after = FixCommand.in(kitchen).run("app", "status");
      assertThat(after.out()).contains("shop  prod  " + ONE + "  deployed  1.4");
    }
  }

  @Test
  void aDirectoryOfScriptsNeedsNoDefinitions() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      kitchen.executable("hooks/pre_deploy/20-second", "#!/bin/sh", "echo \"second $*\" >>calls");
      kitchen.executable("hooks/pre_deploy/10-first", "#!/bin/sh", "echo \"first $*\" >>calls");
      kitchen.executable("hooks/post_undeploy/gone", "#!/bin/sh", "echo gone >>calls");
      kitchen.file("hooks/pre_deploy/notes.txt", "not a program\n");
      FixResult result = FixCommand.in(kitchen).run("app", "deploy", "shop");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      String rest = " shop prod 1.4 COMPOSE " + farm.node(1).file("shop");
      assertThat(calls()).containsExactly("first" + rest, "second" + rest);
      FixResult skipping =
          FixCommand.in(kitchen)
              .run("app", "deploy", "shop", "--skip-hooks", "pre_deploy/10-first");
      assertThat(skipping.exit()).isZero();
      assertThat(calls()).containsExactly("first" + rest, "second" + rest, "second" + rest);
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingRuns() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      FixResult unknown = FixCommand.in(kitchen).run("app", "deploy", "shopp");
      assertThat(unknown.exit()).isEqualTo(2);
      assertThat(unknown.err())
          .contains("no node declares an application \"shopp\"", "did you mean \"shop\"?");
      kitchen.nodeJson(
          TWO,
          """
          {"applications": {"wiki": {"compose_file": "apps/none.yml", "target_dir": "/"},
           "theirs": {"anything": 1}}}
          """);
      FixResult wrong = FixCommand.in(kitchen).run("app", "deploy", "wiki", "--node", TWO);
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.err())
          .contains(
              "applications.wiki has no version",
              "applications.wiki.compose_file is not there: \"apps/none.yml\"",
              "applications.wiki.target_dir is not the path of a directory of its own: \"/\"");
      assertThat(farm.node(1).commands()).isEmpty();
    }
  }

  @Test
  void thePlanShowsThemAndConnectsToNothing() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      hook(kitchen, "label", "app_predeployhook", "label");
      FixResult plan = FixCommand.in(kitchen).run("app", "deploy", "shop", "--dry-run");
      assertThat(plan.exit()).isZero();
      assertThat(plan.out())
          .contains(
              "Plan of: fix app deploy shop",
              "application shop 1.4",
              "label: ",
              " shop prod 1.4 ",
              "apps/shop.yml to " + farm.node(1).file("shop") + ", compose up");
      FixResult list = FixCommand.in(kitchen).run("app", "list", "--output", "json");
      assertThat(list.out()).contains("\"app\":\"shop\"", "\"node\":\"" + ONE + "\"");
      assertThat(farm.node(1).commands()).isEmpty();
    }
  }

  @Test
  void definitionsForACollectionOfScriptsTakeTheirPlace() throws Exception {
    KitchenBuilder kitchen = KitchenBuilder.in(scratch.resolve("kitchen"));
    kitchen.executable("hooks/pre_deploy/10-first", "#!/bin/sh", "exit 0");
    kitchen.executable("hooks/post_undeploy/gone", "#!/bin/sh", "exit 0");
    FixResult imported = FixCommand.in(kitchen).run("hooks", "import", "hooks");
    assertThat(imported.exit()).as(imported.err()).isZero();
    assertThat(imported.out())
        .isEqualTo(
            """
            wrote hook-defs/pre_deploy-10-first.json
            wrote hook-defs/post_undeploy-gone.json
            """);
    FixResult lint = FixCommand.in(kitchen).run("hooks", "lint", "--strict");
    assertThat(lint.exit()).as(lint.out() + lint.err()).isZero();
    assertThat(lint.err()).contains("2 valid hooks");
    FixResult again = FixCommand.in(kitchen).run("hooks", "import", "hooks");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("hook-defs/pre_deploy-10-first.json", "is there already");
  }

  @Test
  void aHookOfAnApplicationRunsByHandAsInARun() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      hook(kitchen, "done", "app_postdeployhook", "record");
      String rest = " shop prod 1.4 COMPOSE " + farm.node(1).file("shop");
      FixResult run =
          FixCommand.in(kitchen).run("hooks", "run", "done", "--node", ONE, "--rc", "3");
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(calls()).containsExactly("done 3" + rest);
      FixResult other =
          FixCommand.in(kitchen).run("hooks", "run", "done", "--node", ONE, "--app", "wiki");
      assertThat(other.exit()).isEqualTo(2);
      assertThat(other.err()).contains("declares no application \"wiki\"");
      FixResult trial = FixCommand.in(kitchen).run("hooks", "test", "done");
      assertThat(trial.exit()).as(trial.err()).isZero();
      assertThat(trial.out()).contains("In a run: it would go on");
      assertThat(farm.node(1).commands()).isEmpty();
      assertThat(kitchen.directory().resolve(".fix/runs")).isEmptyDirectory();
    }
  }
}
