package dev.kitchenhooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which hook sees which values of earlier hooks. */
@Timeout(120)
class HandedOnValuesTest {
  /** Shows all values that a program is handed, in one line. */
  private static final String SHOW = "echo saw $(env | grep '^FIX_OUT_' | sort)";

  @TempDir Path directory;
  private KitchenBuilder kitchen = KitchenBuilder.emptyIn(Path.of(""));

  @BeforeEach
  void kitchen() {
    kitchen = KitchenBuilder.in(directory.resolve("kitchen")).node("a").node("b");
  }

  private HandedOnValuesTest hook(String name, String type, String more, String... script) {
    kitchen
        .hookDef(
            name + ".json",
            "{\"name\": \"%s\", \"type\": \"%s\", \"exec\": \"%s\"%s}"
                .formatted(name, type, name, more))
        .script(name, script);
    return this;
  }

  private FixResult wrap(String nodes) {
    return FixCommand.in(kitchen)
        .run("wrap", nodes, "--concurrency", "2", "--", "sh", "-c", SHOW + " # {node}");
  }

  private static List<String> said(FixResult result, String who) {
    return result
        .out()
        .lines()
        .filter(l -> l.startsWith(who + " | "))
        .map(l -> l.substring(who.length() + 3))
        .toList();
  }

  @Test
  void thoseOfTheRunReachAllLaterHooksThoseOfANodeOnlyItsOwn() {
    hook("begin", "global_predeployhook", "", SHOW, "echo version=1.42 >>$FIX_OUTPUT");
    hook("drain", "node_predeployhook", "", SHOW, "echo lb=lb-$1 >>$FIX_OUTPUT");
    hook("back", "node_postdeployhook", "", SHOW, "echo version=node >>$FIX_OUTPUT");
    hook("check", "node_postdeployhook", ", \"weight\": 1", SHOW);
    hook("one", "global_postdeployhook", "", SHOW, "echo end=1 >>$FIX_OUTPUT");
    hook("two", "global_postdeployhook", "", SHOW);
    FixResult result = wrap("node:a,b");
    assertThat(result.exit()).isZero();
    assertThat(said(result, "[begin]")).containsExactly("saw");
    for (String node : List.of("a", "b")) {
      String lb = "FIX_OUT_lb=lb-" + node;
      assertThat(said(result, node + " [drain]")).containsExactly("saw FIX_OUT_version=1.42");
      assertThat(said(result, node)).containsExactly("saw " + lb + " FIX_OUT_version=1.42");
      assertThat(said(result, node + " [back]"))
          .containsExactly("saw " + lb + " FIX_OUT_version=1.42");
      assertThat(said(result, node + " [check]"))
          .containsExactly("saw " + lb + " FIX_OUT_version=node");
    }
    assertThat(said(result, "[one]")).containsExactly("saw FIX_OUT_version=1.42");
    assertThat(said(result, "[two]")).containsExactly("saw FIX_OUT_end=1 FIX_OUT_version=1.42");
  }

  @Test
  void theContextHasThemAll() throws IOException {
    hook("begin", "global_predeployhook", "", "echo version=1.42 >>$FIX_OUTPUT");
    hook("drain", "node_predeployhook", "", "echo \"lb=a \\\"quoted\\\" $1\" >>$FIX_OUTPUT");
    hook("end", "global_postdeployhook", "", "cp $FIX_CONTEXT seen");
    assertThat(wrap("node:a,b").exit()).isZero();
    JsonNode context =
        JsonMapper.shared().readTree(Files.readString(kitchen.directory().resolve("seen")));
    assertThat(context.at("/run/out").toString()).isEqualTo("{\"version\":\"1.42\"}");
    assertThat(context.at("/nodes/0/out/lb").asString()).isEqualTo("a \"quoted\" a");
    assertThat(context.at("/nodes/1/out/lb").asString()).isEqualTo("a \"quoted\" b");
    assertThat(context.at("/nodes/0/outcome").asString()).isEqualTo("deployed");
    assertThat(context.at("/nodes/0/matched").asBoolean()).isTrue();
  }

  @Test
  void aGroupSeesWhatWasBeforeItAndIsMergedInThePlansOrder() throws Exception {
    assertThat(
            new ProcessBuilder("mkfifo", kitchen.directory().resolve("gate").toString())
                .start()
                .waitFor())
        .isZero();
    String together = ", \"concurrent\": true";
    // The first in the plan's order ends last.
    hook("p1", "node_predeployhook", together, "read _ <gate", SHOW, "echo k=p1 >>$FIX_OUTPUT");
    hook("p2", "node_predeployhook", together, "echo k=p2 >>$FIX_OUTPUT", "echo >gate", SHOW);
    hook("q", "node_predeployhook", ", \"weight\": 1", SHOW);
    FixResult result = wrap("node:a");
    assertThat(said(result, "a [p1]")).containsExactly("saw");
    assertThat(said(result, "a [p2]")).containsExactly("saw");
    assertThat(said(result, "a [q]")).containsExactly("saw FIX_OUT_k=p2");
  }

  @Test
  void aFailingHooksValuesCountAndThoseOfItsEarlierAttemptsDoNot() {
    hook(
        "flaky",
        "node_predeployhook",
        ", \"required\": false, \"retries\": {\"attempts\": 2, \"delay\": \"1ms\"}",
        "echo attempt$FIX_ATTEMPT=1 >>$FIX_OUTPUT",
        "exit 1");
    hook("next", "node_predeployhook", "", SHOW);
    assertThat(said(wrap("node:a"), "a [next]")).containsExactly("saw FIX_OUT_attempt2=1");
  }

  @Test
  void aBadFileFailsItsHookAndIsNotTaken() {
    hook("bad", "node_predeployhook", "", "echo ok=1 >>$FIX_OUTPUT", "echo oops >>$FIX_OUTPUT");
    FixResult result = wrap("node:a");
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out())
        .contains("a [bad] failed in ", "(exit 1, line 2 of its FIX_OUTPUT is not key=value)");
  }

  @Test
  void aBadFileOfAHookThatFailedLeavesItsCode() {
    hook("bad", "node_predeployhook", "", "echo oops >>$FIX_OUTPUT; exit 9");
    assertThat(wrap("node:a").out())
        .contains("(exit 9, line 1 of its FIX_OUTPUT is not key=value)");
  }

  @Test
  void allTogetherAreLimited() {
    for (int i = 1; i <= 5; i++) {
      hook(
          "h" + i,
          i < 3 ? "global_predeployhook" : "node_predeployhook",
          "",
          "echo k" + i + "=$(head -c 60000 /dev/zero | tr '\\0' x) >>$FIX_OUTPUT");
    }
    FixResult result = wrap("node:a");
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out())
        .contains("a [h4] ok")
        .contains("later hooks would be handed 300020 bytes of values; 256 KiB is the most");
  }

  @Test
  void aCommandThatRunsOnceGetsThoseOfTheGlobalPreHooks() {
    hook("begin", "global_predeployhook", "", "echo version=1.42 >>$FIX_OUTPUT");
    FixResult result = FixCommand.in(kitchen).run("wrap", "node:a", "--", "sh", "-c", SHOW);
    assertThat(said(result, "command")).containsExactly("saw FIX_OUT_version=1.42");
  }

  @Test
  void byHandTheyAreChecked() {
    hook("bad", "node_predeployhook", "", "echo oops >>$FIX_OUTPUT");
    FixResult result = FixCommand.in(kitchen).run("hooks", "run", "bad", "--node", "a");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("line 1 of its FIX_OUTPUT is not key=value");
  }
}
