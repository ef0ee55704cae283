package dev.kitchenhooks.cli;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fix hooks test} and {@code fix hooks dump}. */
class HooksTestAndDumpTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchen() {
    kitchen =
        KitchenBuilder.in(dir)
            .cfg("[hooks]", "kill_after = 7s")
            .role("web")
            .node("a.example.com")
            .node("b.example.com", "_default", "role[web]")
            .script("x", "exit \"${CODE:-0}\"");
  }

  private void hook(String more) {
    kitchen.hookDef("x.json", "{\n\"name\": \"x\", \"exec\": \"x\",\n%s\n}".formatted(more));
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).with("CALLERS", "hunter22").run(words);
  }

  @Test
  void showsAllThatAHookGetsButSecrets() {
    kitchen
        .file("token", "tok-4711\n")
        .script(
            "x",
            "echo \"got $TOKEN ${FIX_DRY_RUN:-}\"",
            "echo \"node=$FIX_NODE\" >> \"$FIX_OUTPUT\"",
            "echo \"token=$TOKEN\" >> \"$FIX_OUTPUT\"");
    hook(
        """
        "type": ["node_postdeployhook", "node_predeployhook"], "filters": {"roles": ["web"]},
        "environment": {
          "TOKEN": {"from_file": "token"}, "E": {"from_env": "CALLERS"}, "L": "a literal"
        }
        """);

    FixResult result = fix("hooks", "test", "x", "--rc", "3", "--dry-run");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith(
            """
            x (hook-defs/x.json) as node_postdeployhook
            The program really runs, with FIX_DRY_RUN=1: whether it heeds that is up to it.
            For b.example.com
            Runs: %s/hooks/x 3 b.example.com
            Environment:
              E=***
            """
                .formatted(kitchen.directory()))
        .contains(
            "  FIX_DRY_RUN=1\n",
            "  FIX_NODE=b.example.com\n",
            "  FIX_RETURN_CODE=3\n",
            "  L=a literal\n",
            "  TOKEN=***\n",
            "Output:\n  | got *** 1\nEnded: exit 0 in ",
            "In a run: it would go on\n",
            "Hands on:\n  FIX_OUT_node=b.example.com\n  FIX_OUT_token=***\n")
        .doesNotContain("4711", "hunter22");
    assertThat(result.err()).doesNotContain("4711", "hunter22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "run"})
  void thePasswordsOfTheKitchenAreMaskedToo(String command) {
    kitchen
        .cfg(
            "[userinfo]",
            "password = opensesame",
            "[connection]",
            "http_proxy = http://me:proxysecret@proxy.example.com:3128")
        .script(
            "x", "cat littlechef.cfg", "echo \"it=$(tail -n 1 littlechef.cfg)\" >> $FIX_OUTPUT");
    hook("\"type\": \"user\"");

    FixResult result = fix("hooks", command, "x");

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("password = ***", "http_proxy = http://me:***@proxy");
    assertThat(result.out() + result.err()).doesNotContain("opensesame", "proxysecret");
  }

  @ParameterizedTest
  @CsvSource({
    "node_predeployhook, 0, true, it would go on",
    "node_predeployhook, 75, true, 'the node would be left alone (soft-skipped), which is no error'",
    "node_predeployhook, 75, false, 'the node would be left alone (soft-skipped), which is no error'",
    "node_predeployhook, 1, true, 'the node would be skipped: not deployed, none of its other hooks run; the others go on'",
    "node_predeployhook, 1, false, 'the failure would be told and recorded, and change nothing: it is not required'",
    "node_postdeployhook, 75, true, 'it would be aborted: no further node starts, exit 4'",
    "global_predeployhook, 2, true, 'it would be over: no node deployed, no other hook run, exit 3'",
    "global_postdeployhook, 2, true, 'the run would end with exit 2, unless an earlier required hook says otherwise'",
    "user, 2, true, it is in none; its exit code is that of fix hooks run",
  })
  void saysWhatItsEndWouldMean(String type, int code, boolean required, String meaning) {
    hook(
        "\"type\": \"%s\", \"required\": %b, \"environment\": {\"CODE\": \"%d\"}"
            .formatted(type, required, code));
    FixResult result = fix("hooks", "test", "x");
    assertThat(result.exit()).isEqualTo(code);
    assertThat(result.out()).contains("\nIn a run: " + meaning + "\n");
  }

  @Test
  void makesUpANodeWhereTheKitchenHasNone() {
    hook(
        "\"type\": \"node_predeployhook\", \"filters\": {\"roles\": [\"db*\", \"!old\"],"
            + " \"chef_environment\": [\"prod\"]}");
    FixResult result = fix("hooks", "test", "x");
    assertThat(result.out())
        .contains(
            "For sample.example.com, a node that is made up: the kitchen has none that matches\n",
            "FIX_CHEF_ENVIRONMENT=prod\n",
            "FIX_ROLES=dbsample\n");
    assertThat(fix("hooks", "test", "x", "--node", "a.example.com").out())
        .contains("For a.example.com\n");
  }

  @Test
  void aHookOnItsNodeNeedsARealOne() {
    hook("\"type\": \"node_predeployhook\", \"where\": \"node\"");
    FixResult result = fix("hooks", "test", "x");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: "x" runs on its node, which must be a real one
              -> say which: --node FQDN
            """);
  }

  @Test
  void leavesNothingBehind() throws IOException {
    hook("\"type\": \"user\"");
    fix("hooks", "test", "x");
    try (var runs = Files.list(dir.resolve(".fix/runs"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void dumpSaysWhatIsInForceAndWhy() {
    hook("\"type\": \"node_postdeployhook\",\n\"retries\": {\"attempts\": 2},\n\"weight\": 3");
    FixResult result = fix("hooks", "dump", "x");
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .contains(
            "name|\"x\"|hook-defs/x.json:2",
            "type|[\"node_postdeployhook\"]|hook-defs/x.json:3",
            "weight|3|hook-defs/x.json:5",
            "timeout|\"30s\"|default",
            "kill_after|\"7s\"|littlechef.cfg:2",
            "retries.attempts|2|hook-defs/x.json:4",
            "retries.delay|\"5s\"|default",
            "run_condition|null|default");
  }

  @Test
  void dumpNeverReadsASecret() {
    hook("\"type\": \"user\", \"environment\": {\"T\": {\"from_file\": \"missing\"}, \"N\": null}");
    for (String command : List.of("hooks dump", "hooks list", "plan node:all")) {
      assertThat(fix(command.split(" ")).exit()).as(command).isZero();
    }
    JsonNode dumped = JsonMapper.shared().readTree(fix("hooks", "dump", "--output", "json").out());
    JsonNode environment = dumped.path("values").path("environment");
    assertThat(environment.path("value").toString())
        .isEqualTo("{\"T\":{\"from_file\":\"missing\"},\"N\":null}");
    assertThat(environment.path("from").asString()).isEqualTo("definition");
    assertThat(environment.path("at").asString()).isEqualTo("hook-defs/x.json:3");
    assertThat(dumped.path("values").path("timeout").path("from").asString()).isEqualTo("default");
    assertThat(dumped.path("values").path("kill_after").path("from").asString())
        .isEqualTo("configuration");
  }

  @Test
  void dumpOfAnUnknownHookNamesTheNearest() {
    hook("\"type\": \"user\"");
    FixResult result = fix("hooks", "dump", "y");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("there is no valid hook \"y\"", "did you mean \"x\"?");
  }
}
