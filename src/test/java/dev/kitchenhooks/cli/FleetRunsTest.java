package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches, limits and orders as an operator meets them; the work is wrapped commands. */
@Timeout(120)
class FleetRunsTest {
  @TempDir Path scratch;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchenOfFiveNodes() {
    kitchen = KitchenBuilder.in(scratch.resolve("kitchen"));
    for (String node : List.of("a", "b", "c", "d", "e")) {
      kitchen.node(node + ".example.com");
    }
    kitchen
        .script("record", "echo \"$FIX_HOOK_NAME $FIX_NODE\" >> calls")
        .hookDef(
            "back.json",
            """
            {"name": "back", "type": "node_postdeployhook", "exec": "record"}\
            """)
        .hookDef(
            "tell.json",
            """
            {"name": "tell", "type": "global_postdeployhook", "exec": "record", "required": false}\
            """);
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private List<String> calls() throws Exception {
    Path calls = kitchen.directory().resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** What the nodes saw: their letters, the command's in lower case, the post hook's upper. */
  private String seen() throws Exception {
    var seen = new StringBuilder();
    for (String call : calls()) {
      String[] words = call.split(" ", -1);
      String letter = words.length > 1 && !words[1].isEmpty() ? words[1].substring(0, 1) : "";
      seen.append(words[0].equals("run") ? letter : letter.toUpperCase(Locale.ROOT));
      seen.append(words[0].equals("tell") ? "!" : "");
    }
    return seen.toString();
  }

  @Test
  void aBatchWaitsForThePostHooksOfTheOneBefore() throws Exception {
    FixResult result =
        fix(
            "wrap",
            "node:all",
            "--yes",
            "-c",
            "5",
            "--batch",
            "1,2",
            "--",
            "sh",
            "-c",
            "echo run $0 >> calls",
            "{node}");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("up to 5 at a time, in 3 batches of 1, 2, 2 nodes")
        .contains("batch 1 of 3: 1 node", "batch 2 of 3: 2 nodes", "batch 3 of 3: 2 nodes");
    // Within a batch the order is free.
    String seen = seen();
    assertThat(seen).hasSize(11).startsWith("aA").endsWith("!");
    assertThat(seen.substring(2, 6).chars().mapToObj(c -> (char) c))
        .containsExactlyInAnyOrder('b', 'B', 'c', 'C');
    assertThat(fix("status").out()).contains("In 3 batches of 1, 2, 2 nodes; begun: 3");
  }

  @Test
  void aFailedCanaryIsTheEnd() throws Exception {
    FixResult result =
        fix(
            "wrap",
            "node:all",
            "--yes",
            "--batch",
            "1,100%",
            "-c",
            "4",
            "--output",
            "json",
            "--",
            "sh",
            "-c",
            "test $0 != a.example.com",
            "{node}");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.outcomes())
        .containsEntry("a.example.com", "failed")
        .containsEntry("b.example.com", "not-started")
        .containsEntry("e.example.com", "not-started");
    assertThat(result.events().getFirst().path("batches").toString()).isEqualTo("[1,4]");
    assertThat(result.events().stream().filter(e -> e.path("event").asString().startsWith("batch")))
        .hasSize(1);
    assertThat(seen()).isEqualTo("A!");
    assertThat(fix("status").out())
        .contains("In 2 batches of 1, 4 nodes; begun: 1")
        .contains("1 node failed or unreachable by batch 1 of 2, so 4 more were not started");
    JsonNode stored = JsonMapper.shared().readTree(fix("status", "--output", "json").out());
    assertThat(stored.path("batches").toString()).isEqualTo("[1,4]");
  }

  @Test
  void anInterruptDuringABatchBeginsNoOther() throws Exception {
    Path begun = scratch.resolve("begun");
    assertThat(new ProcessBuilder("mkfifo", begun.toString()).start().waitFor()).isZero();
    kitchen.executable("deploy", "#!/bin/sh", "echo >" + begun, "exec sleep 1000");
    FixResult result;
    try (FixProcess fix =
        FixProcess.start(
            kitchen.directory(),
            scratch,
            "wrap",
            "node:all",
            "--yes",
            "--batch",
            "2",
            "-c",
            "2",
            "--output",
            "json",
            "--",
            kitchen.directory().resolve("deploy").toString(),
            "{node}")) {
      // Not read here, where a run that never gets so far would hold the tests up for good.
      assertThat(new ProcessBuilder("timeout", "60", "cat", begun.toString()).start().waitFor())
          .isZero();
      fix.signal("INT");
      result = fix.await();
    }

    assertThat(result.exit()).isEqualTo(130);
    assertThat(result.outcomes())
        .containsEntry("a.example.com", "interrupted")
        .containsEntry("c.example.com", "not-started")
        .containsEntry("d.example.com", "not-started")
        .containsEntry("e.example.com", "not-started");
  }

  @Test
  void limitsAndOrdersTheNodes() throws Exception {
    FixResult result =
        fix(
            "wrap",
            "node:all",
            "--yes",
            "--limit",
            "!c*",
            "--order",
            "reverse",
            "--",
            "sh",
            "-c",
            "echo run $0 >> calls",
            "{node}");

    assertThat(result.exit()).isZero();
    assertThat(seen()).isEqualTo("eEdDbBaA!");
    assertThat(fix("status").out()).contains("wrap --limit '!c*' --order reverse node:all");
  }

  @Test
  void aLimitThatLeavesNoNodeLeavesNothingToDo() throws Exception {
    FixResult result = fix("wrap", "node:all", "--yes", "--limit", "web*", "--", "true", "{node}");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("No nodes match; nothing to do.");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aShuffleSaysHowToHaveItAgain() {
    FixResult first = fix("plan", "node:all", "--order", "shuffle");
    String seed = first.err().replaceAll("(?s).*--order (shuffle:\\d+)\n.*", "$1");
    FixResult again = fix("plan", "node:all", "--order", seed);

    assertThat(first.exit()).isZero();
    assertThat(seed).matches("shuffle:\\d+");
    assertThat(again.out()).isEqualTo(first.out()).contains("--order " + seed);
    assertThat(again.err()).isEmpty();
  }

  @Test
  void thePlanShowsTheBatches() {
    FixResult result = fix("plan", "node:all", "--batch", "1,50%", "-c", "2");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Plan of: fix -c 2 --batch 1,50% node:all\n")
        .contains("5 nodes, up to 2 at once, in 3 batches of 1, 2, 2 nodes\n")
        .contains("\nBatch 1 of 3: 1 node\n\na.example.com  (_default)\n")
        .contains("\nBatch 3 of 3: 2 nodes\n\nd.example.com  (_default)\n");
    JsonNode json =
        JsonMapper.shared()
            .readTree(fix("plan", "node:all", "--batch", "1,50%", "--output", "json").out());
    assertThat(json.path("batches").toString()).isEqualTo("[1,2,2]");
  }

  @Test
  void explainKeepsToTheLimitAndTheOrder() {
    FixResult result =
        fix(
            "hooks",
            "explain",
            "node:all",
            "--limit",
            "d*,b*",
            "--order",
            "reverse",
            "--hook",
            "back");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsSubsequence("d.example.com", "b.example.com");
    assertThat(result.out()).doesNotContain("a.example.com");
  }
}
