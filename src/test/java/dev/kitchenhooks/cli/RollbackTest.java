package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.ChefHold;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.io.OutputStream;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code fix rollback} and {@code --atomic}, over real connections: the cookbook changes between
 * runs, and each node's stand-in for chef writes down which one it saw.
 */
@Timeout(180)
class RollbackTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);
  private static final String THREE = NodeFarm.name(3);
  private static final String NODES = "node:" + ONE + "," + TWO + "," + THREE;

  @TempDir Path scratch;
  private NodeFarm farm;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchenOfThreeNodes() throws IOException {
    farm = NodeFarm.start(3);
    kitchen =
        KitchenBuilder.in(scratch.resolve("kitchen"))
            .cfg(
                "[userinfo]",
                "ssh-config = " + farm.access().sshConfig(),
                "[kitchen]",
                "node_work_path = kitchen")
            .node(ONE)
            .node(TWO)
            .node(THREE)
            .script("note", "echo \"$FIX_HOOK_TYPE $*\" >> calls")
            .hookDef(
                "note.json",
                """
                {"name": "note", "exec": "note", "required": false, "type": ["global_prerollbackhook",
                 "node_prerollbackhook", "node_postrollbackhook", "global_postrollbackhook"]}
                """);
    version(1);
  }

  @AfterEach
  void stop() throws IOException {
    farm.close();
  }

  private void version(int number) throws IOException {
    Path versions = kitchen.directory().resolve("site-cookbooks/app/files");
    for (int i = 1; i < number; i++) {
      Files.deleteIfExists(versions.resolve("version-" + i));
    }
    kitchen.file("site-cookbooks/app/files/version-" + number, "");
  }

  /** Which version of the cookbook was the current one on a node when chef ran there last. */
  private String seen(int node) throws IOException {
    List<String> saw = farm.node(node).chefSaw().lines().toList();
    String link = "./kitchen -> ";
    String revision =
        saw.stream()
            .filter(line -> line.contains(link))
            .map(line -> line.substring(line.indexOf(link) + link.length()))
            .findFirst()
            .orElseThrow();
    String version = "./%s/site-cookbooks/app/files/version-".formatted(revision);
    return saw.stream()
        .filter(line -> line.contains(version))
        .map(line -> line.substring(line.indexOf(version) + version.length()))
        .reduce("", String::concat);
  }

  private String seen() throws IOException {
    return seen(1) + seen(2) + seen(3);
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private void runs(int exit, String... words) {
    FixResult result = fix(words);
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
  }

  private List<String> calls() throws IOException {
    Path calls = kitchen.directory().resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private String lastRun() {
    return runs().getFirst().path("run").asString();
  }

  /** Of {@code fix history}, the newest first. */
  private List<JsonNode> runs() {
    var runs = new ArrayList<JsonNode>();
    JsonMapper.shared().readTree(fix("history", "--output", "json").out()).forEach(runs::add);
    return runs;
  }

  @Test
  void theNodesGoBackTheLastFirst() throws Exception {
    runs(0, NODES);
    version(2);
    runs(0, NODES);
    assertThat(seen()).isEqualTo("222");
    String second = lastRun();
    version(3);
    long sent = farm.nodes().stream().mapToLong(node -> node.inputSeen()).sum();

    FixResult back = fix("rollback");

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).contains("phase rollback", "3 deployed");
    assertThat(seen()).isEqualTo("111");
    assertThat(farm.nodes().stream().mapToLong(node -> node.inputSeen()).sum())
        .as("nothing is uploaded")
        .isEqualTo(sent);
    assertThat(calls())
        .containsExactly(
            "global_prerollbackhook %s %s %s".formatted(THREE, TWO, ONE),
            "node_prerollbackhook " + THREE,
            "node_postrollbackhook 0 " + THREE,
            "node_prerollbackhook " + TWO,
            "node_postrollbackhook 0 " + TWO,
            "node_prerollbackhook " + ONE,
            "node_postrollbackhook 0 " + ONE,
            "global_postrollbackhook 0 %s %s %s".formatted(THREE, TWO, ONE));
    JsonNode recorded = runs().getFirst();
    assertThat(recorded.path("rolls_back").asString()).isEqualTo(second);
    assertThat(recorded.path("work").asString()).isEqualTo("rollback");
    assertThat(recorded.path("command").asString()).isEqualTo("rollback " + second);
    assertThat(fix("status").out()).contains("Rolls back run " + second);

    FixResult again = fix("rollback");
    assertThat(again.exit()).isZero();
    assertThat(again.err()).contains("has rolled them back already", "Nothing to roll back.");

    // A rollback is a run, and can be gone back from.
    runs(0, "rollback", recorded.path("run").asString(), "--limit", TWO);
    assertThat(seen()).isEqualTo("121");
  }

  @Test
  void thePlanTellsAllAndDoesNothing() throws Exception {
    runs(0, NODES);
    version(2);
    runs(0, NODES);

    FixResult plan = fix("rollback", "--dry-run", "--limit", "!" + TWO, "-c", "2");

    assertThat(plan.exit()).isZero();
    assertThat(plan.out())
        .contains("Plan of: fix rollback " + lastRun(), "2 nodes, up to 2 at once")
        .contains("converge over SSH with revision ", "pre    note: ")
        .containsSubsequence(THREE + "  (", ONE + "  (")
        .doesNotContain(TWO + "  (");
    assertThat(calls()).isEmpty();
    assertThat(seen()).isEqualTo("222");
  }

  @Test
  void whatFailedAfterTheSwitchGoesBackTooAndWhatWasNotDeployedStays() throws Exception {
    runs(0, NODES);
    version(2);
    farm.node(2).chefExits(1);
    FixResult failed = fix(NODES);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out())
        .endsWith(
            "Or: fix rollback %s takes the 2 nodes with a new revision back to the one before\n"
                .formatted(lastRun()));
    assertThat(seen()).isEqualTo("221");
    farm.node(2).chefExits(0);

    FixResult back = fix("rollback", "--output", "json");

    assertThat(back.exit()).as(back.err()).isZero();
    assertThat(back.outcomes()).isEqualTo(Map.of(TWO, "deployed", ONE, "deployed"));
    assertThat(back.err()).contains("has not deployed them: " + THREE);
    assertThat(seen()).isEqualTo("111");
    assertThat(farm.node(3).chefCalls()).hasSize(1);
    assertThat(back.events().getFirst().path("rolls_back").asString())
        .isEqualTo(runs().get(1).path("run").asString());
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnyHook() throws Exception {
    assertThat(fix("rollback").err()).contains("no run of this kitchen has deployed anything");
    runs(0, NODES);
    String first = lastRun();
    FixResult nothingBefore = fix("rollback");
    assertThat(nothingBefore.exit()).isEqualTo(2);
    assertThat(nothingBefore.err())
        .contains("cannot be rolled back on all of its nodes; nothing has run")
        .contains(ONE + ": it has no earlier revision: run " + first);
    version(2);
    runs(0, NODES);
    String second = lastRun();
    runs(0, "node:" + ONE);
    String third = lastRun();

    FixResult since = fix("rollback", second);
    assertThat(since.exit()).isEqualTo(2);
    assertThat(since.err())
        .contains(
            "cannot be rolled back on %s: run %s has deployed it again".formatted(ONE, third));

    version(3);
    runs(0, "node:" + ONE);
    FixResult gone = fix("rollback", second, "--force");
    assertThat(gone.exit()).isEqualTo(2);
    assertThat(gone.err()).contains(ONE, "is no longer on it: the last two stay");
    assertThat(calls()).isEmpty();

    assertThat(fix("rollback", second, "--atomic", "--limit", TWO).exit()).isEqualTo(2);
    runs(0, "rollback", second, "--limit", "!" + ONE);
    assertThat(seen()).isEqualTo("311");
    assertThat(fix("rollback", second, "--env", "x").exit()).isEqualTo(2);
  }

  @Test
  void aRevisionThatSomebodyHasTakenAwayIsMissedOnTheNode() throws Exception {
    runs(0, NODES);
    version(2);
    runs(0, NODES);
    String[] kept = Files.readString(farm.node(2).file("kitchen/current")).strip().split(" ", -1);
    Files.move(farm.node(2).file("kitchen/rev-" + kept[1]), farm.node(2).file("kitchen/elsewhere"));

    FixResult back = fix("rollback", "--keep-going", "--output", "json");
    assertThat(fix("status").out()).contains("rollback failed (exit 1)").doesNotContain("Or: ");

    assertThat(back.exit()).isEqualTo(1);
    assertThat(back.outcomes())
        .isEqualTo(Map.of(THREE, "deployed", TWO, "failed", ONE, "deployed"));
    assertThat(back.out()).contains("revision %s is no longer on this node".formatted(kept[1]));
    assertThat(seen()).isEqualTo("121");

    Files.move(farm.node(2).file("kitchen/elsewhere"), farm.node(2).file("kitchen/rev-" + kept[1]));
    runs(0, "rerun");
    assertThat(seen()).isEqualTo("111");
    assertThat(farm.node(1).chefCalls()).hasSize(3);
  }

  @Test
  void aRollbackThatIsInterruptedIsGoneOnWith() throws Exception {
    runs(0, NODES);
    version(2);
    runs(0, NODES);
    try (ChefHold hold = farm.node(2).holdChef()) {
      try (FixProcess back =
          FixProcess.start(kitchen.directory(), scratch.resolve("back"), "rollback")) {
        try (OutputStream _ = hold.awaitChef()) {
          back.signal("TERM");
          FixResult result = back.await();
          assertThat(result.exit()).isEqualTo(143);
          assertThat(result.out()).contains("1 deployed, 1 interrupted, 1 not-started");
        }
      }
    }
    assertThat(seen(3)).isEqualTo("1");
    assertThat(seen(1)).isEqualTo("2");

    FixResult again = fix("rollback", "--output", "json");

    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertThat(again.outcomes()).isEqualTo(Map.of(TWO, "deployed", ONE, "deployed"));
    assertThat(again.err()).contains("has rolled them back already: " + THREE);
    assertThat(seen()).isEqualTo("111");
  }

  @Test
  void anAtomicRunThatFailsIsRolledBack() throws Exception {
    runs(0, NODES);
    version(2);
    // It fails with either version: its rollback does, too.
    farm.node(2).chefExits(7);

    FixResult run = fix(NODES, "--atomic", "--output", "json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(seen()).isEqualTo("111");
    assertThat(run.err())
        .contains("Rolling back what run ", TWO + ", " + ONE)
        .contains("With the earlier revision, but its converge has failed: " + TWO)
        .contains("Rolled back: " + ONE);
    List<JsonNode> recorded = runs();
    assertThat(recorded.get(0).path("rolls_back").asString())
        .isEqualTo(recorded.get(1).path("run").asString());
    assertThat(recorded.get(0).path("exit_code").asInt()).isEqualTo(1);
    assertThat(recorded.get(1).path("command").asString()).isEqualTo("--atomic " + NODES);
    assertThat(calls())
        .contains(
            "global_prerollbackhook %s %s".formatted(TWO, ONE), "node_postrollbackhook 7 " + TWO);
    assertThat(run.events().stream().filter(e -> e.path("event").asString().equals("run-started")))
        .hasSize(2);
  }

  @Test
  void anAtomicRunThatAPostHookAbortsIsRolledBack() throws Exception {
    runs(0, NODES);
    version(2);
    kitchen
        .script("check", "test $2 != " + TWO)
        .hookDef(
            "check.json",
            "{\"name\": \"check\", \"exec\": \"check\", \"type\": \"node_postdeployhook\"}");

    FixResult run = fix(NODES, "--atomic");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).doesNotContain("Or: ");
    assertThat(run.out()).contains("Aborted:", "phase rollback", "2 deployed");
    assertThat(seen()).isEqualTo("111");
    assertThat(farm.node(3).chefCalls()).hasSize(1);
  }

  @Test
  void anAtomicRunThatHasChangedNothingLeavesItSo() throws Exception {
    farm.node(1).chefExits(1);
    FixResult first = fix(NODES, "--keep-going");
    assertThat(first.exit()).isEqualTo(1);
    assertThat(first.out()).doesNotContain("Or: ");
    FixResult unchanged = fix(NODES, "--atomic");
    assertThat(unchanged.exit()).isEqualTo(1);
    assertThat(unchanged.err()).contains("Nothing is rolled back");
    farm.node(1).chefExits(0);

    version(2);
    kitchen
        .script("refuse", "exit 1")
        .hookDef(
            "refuse.json",
            "{\"name\": \"refuse\", \"exec\": \"refuse\", \"type\": \"global_predeployhook\"}");
    FixResult refused = fix(NODES, "--atomic");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).doesNotContain("olled back");
    FixResult well = fix(NODES, "--atomic", "--skip-hooks", "refuse");
    assertThat(well.exit()).isZero();
    assertThat(seen()).isEqualTo("222");
    assertThat(calls()).isEmpty();
  }

  @Test
  void anAtomicRunThatIsInterruptedSaysWhatTakesItBack() throws Exception {
    runs(0, NODES);
    version(2);
    try (ChefHold hold = farm.node(2).holdChef();
        FixProcess run =
            FixProcess.start(kitchen.directory(), scratch.resolve("run"), NODES, "--atomic")) {
      try (OutputStream _ = hold.awaitChef()) {
        run.signal("INT");
        FixResult result = run.await();
        assertThat(result.exit()).isEqualTo(130);
        assertThat(result.err())
            .contains("Not rolled back, since the run was interrupted. fix rollback " + lastRun());
      }
    }
    runs(0, "rollback");
    assertThat(seen()).isEqualTo("111");
  }

  @Test
  void whatCannotBeTakenBackIsNotAtomic() {
    for (List<String> words :
        List.of(
            List.of(NODES, "--why-run", "--atomic"),
            List.of("wrap", NODES, "--atomic", "--", "true"))) {
      FixResult result = fix(words.toArray(String[]::new));
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("--atomic means nothing here: ");
    }
  }
}
