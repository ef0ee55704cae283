package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code fix rerun}: of five nodes one is deployed, each of the others is left for another reason.
 */
@Timeout(120)
class RerunTest {
  @TempDir Path scratch;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchenOfFiveNodes() {
    kitchen = KitchenBuilder.in(scratch.resolve("kitchen"));
    for (String node : List.of("ok", "failed", "skipped", "later", "waiting")) {
      kitchen.node(node + ".test");
    }
    kitchen
        .cfg("[hooks]", "phases = promote")
        .script(
            "gate",
            "test -e mended && exit 0",
            "case $1 in skipped*) exit 1 ;; later*) exit 75 ;; esac")
        .hookDef(
            "gate.json",
            """
            {"name": "gate", "type": ["node_predeployhook", "node_prepromotehook"], "exec": "gate"}\
            """)
        .executable(
            "deploy", "#!/bin/sh", "echo $1 >> calls", "test -e mended || test $1 != failed.test");
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private FixResult firstRun(String... options) {
    var words = new ArrayList<>(List.of("wrap", "--yes"));
    words.addAll(List.of(options));
    words.addAll(
        List.of(
            "node:ok.test,skipped.test,later.test,failed.test,waiting.test",
            "--",
            kitchen.directory().resolve("deploy").toString(),
            "{node}"));
    FixResult result = fix(words.toArray(String[]::new));
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(1);
    return result;
  }

  private void mend() throws Exception {
    kitchen.file("mended", "");
    Files.deleteIfExists(kitchen.directory().resolve("calls"));
  }

  private String calls() throws Exception {
    Path calls = kitchen.directory().resolve("calls");
    return Files.exists(calls) ? String.join(" ", Files.readAllLines(calls)) : "";
  }

  private JsonNode status() {
    return JsonMapper.shared().readTree(fix("status", "--output", "json").out());
  }

  @ParameterizedTest
  @CsvSource({
    "'', skipped.test failed.test waiting.test",
    "--failed, failed.test",
    "--skipped, skipped.test later.test",
    "--not-started, waiting.test",
    "--failed --not-started, failed.test waiting.test"
  })
  void repeatsTheRunOverTheNodesThatItLeft(String which, String nodes) throws Exception {
    firstRun();
    mend();
    var words = new ArrayList<>(List.of("rerun"));
    words.addAll(which.isEmpty() ? List.of() : List.of(which.split(" ", -1)));

    FixResult result = fix(words.toArray(String[]::new));

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(calls()).isEqualTo(nodes);
  }

  @Test
  void theHistorySaysWhichRunWasRepeatedAndTheRecapHow() throws Exception {
    FixResult first = firstRun();
    String id = status().path("run").asString();
    assertThat(first.out()).contains("Next: mend the cause above, then fix rerun " + id);
    assertThat(fix("status").out()).contains("fix rerun " + id);
    mend();

    fix("rerun", id.substring(0, 15), "--failed", "--skipped", "-c", "2");

    assertThat(status().path("repeats").asString()).isEqualTo(id);
    assertThat(status().path("command").asString())
        .isEqualTo("rerun " + id + " --failed --skipped --concurrency 2");
    assertThat(fix("status").out()).contains("Repeats run " + id);
  }

  @Test
  void aRerunIsRepeatedToo() throws Exception {
    firstRun("--keep-going");
    FixResult second = fix("rerun", "--failed", "--skipped");
    assertThat(second.exit()).isEqualTo(1);
    mend();

    FixResult third = fix("rerun");

    assertThat(third.exit()).as(third.out() + third.err()).isZero();
    assertThat(calls()).isEqualTo("skipped.test failed.test");
    FixResult nothing = fix("rerun");
    assertThat(nothing.exit()).isZero();
    assertThat(nothing.err()).contains("left no such node; nothing to do.");
  }

  @Test
  void keepsPhaseAndOptionsAndLetsThemBeOverridden() throws Exception {
    firstRun(
        "--phase",
        "promote",
        "-c",
        "3",
        "--batch",
        "4,1",
        "--keep-going",
        "--order",
        "reverse",
        "--limit",
        "*.test");
    mend();

    FixResult plan = fix("rerun", "--dry-run");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("Plan of: fix wrap --phase promote -c 3 --keep-going --batch 4,1 node:")
        .contains("node:failed.test,skipped.test ");
    assertThat(fix("rerun", "--dry-run", "-c", "1", "--max-fail", "2", "--batch", "1").out())
        .contains("Plan of: fix wrap --phase promote --max-fail 2 --batch 1 node:")
        .contains("2 nodes, one at a time, in 2 batches of 1, 1 nodes");
    assertThat(fix("rerun", "--dry-run", "--limit", "f*").out())
        .contains("1 node, ")
        .contains("failed.test  (_default)");
    assertThat(calls()).isEmpty();
  }

  @Test
  void runsWhereTheFirstRunWasStarted() throws Exception {
    Path elsewhere = Files.createDirectories(scratch.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("go"), "#!/bin/sh\nexit 1\n");
    elsewhere.resolve("go").toFile().setExecutable(true);
    FixResult first =
        FixCommand.in(elsewhere)
            .run(
                "wrap",
                "--kitchen",
                kitchen.directory().toString(),
                "node:ok.test",
                "--",
                "./go",
                "{node}");
    assertThat(first.exit()).isEqualTo(1);
    Files.writeString(elsewhere.resolve("go"), "#!/bin/sh\necho $1 > went\n");

    FixResult again = fix("rerun");

    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertThat(elsewhere.resolve("went")).hasContent("ok.test");
  }

  @Test
  void ofARunOfAnOlderFixItCannotKnowHow() throws Exception {
    firstRun();
    history("UPDATE runs SET request = NULL");
    FixResult older = fix("rerun");
    assertThat(older.exit()).isEqualTo(2);
    assertThat(older.err())
        .contains("is of an older fix, which did not record how to repeat it")
        .contains("give its orders again: fix wrap node:ok.test");
    history("UPDATE runs SET request = '[]'");
    FixResult secret = fix("rerun");
    assertThat(secret.exit()).isEqualTo(2);
    assertThat(secret.err()).contains("holds a secret, so the history cannot repeat it");
    assertThat(fix("status").out()).doesNotContain("fix rerun");
  }

  private void history(String sql) throws Exception {
    try (var database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + kitchen.directory().resolve(".fix/history.db"));
        var statement = database.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void ofARunWhoseProcessDiedTheNodesWithoutAnEndAreLeft() throws Exception {
    firstRun();
    mend();
    history("UPDATE runs SET end = NULL, exit_code = NULL, pid = 999999999, process_start = 1");
    history("UPDATE nodes SET outcome = NULL WHERE fqdn IN ('failed.test', 'waiting.test')");

    assertThat(fix("rerun", "--failed").exit()).isZero();
    assertThat(calls()).isEqualTo("failed.test");
  }

  @Test
  void waitsForARunThatStillGoesOn() throws Exception {
    firstRun();
    history("UPDATE runs SET end = NULL, pid = " + ProcessHandle.current().pid());
    history("UPDATE runs SET process_start = NULL");
    FixResult result = fix("rerun");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.err()).contains("still goes on");
  }

  @Test
  void aNodeThatIsGoneIsNamed() throws Exception {
    firstRun();
    mend();
    Files.delete(kitchen.directory().resolve("nodes/failed.test.json"));
    FixResult result = fix("rerun");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("node \"failed.test\" does not exist");
    assertThat(calls()).isEmpty();
  }

  @Test
  void withoutAnyRunThereIsNothingToDo() {
    FixResult result = fix("rerun");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("No run yet in this kitchen.");
    assertThat(fix("rerun", "--", "true").err()).contains("fix rerun takes no command after --");
  }
}
