package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.run.LockWait;
import dev.kitchenhooks.run.NodeLocks;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as an operator meets it; the work is wrapped commands, so no node is needed. */
class FixCliTest {
  private static final String[] WRAP = {"wrap", "node:all", "--yes", "--", "true", "{node}"};

  @TempDir Path scratch;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchenOfTwoNodes() {
    kitchen =
        KitchenBuilder.in(scratch.resolve("a kitchen"))
            .role("web")
            .environment("staging")
            .node("a.example.com", "staging", "role[web]")
            .node("b.example.com", "_default")
            .script("record", "echo \"$FIX_HOOK_NAME $*\" >> calls")
            .hookDef("pre.json", hook("pre", "node_predeployhook", ""))
            .hookDef("post.json", hook("post", "global_postdeployhook", ", \"tags\": [\"slow\"]"));
  }

  private static String hook(String name, String type, String more) {
    return "{\"name\": \"%s\", \"type\": \"%s\", \"exec\": \"record\"%s}"
        .formatted(name, type, more);
  }

  private List<String> calls() throws Exception {
    Path calls = kitchen.directory().resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  @Test
  void wrapsACommandForEachNode() throws Exception {
    FixResult result =
        fix("wrap", "node:all", "--yes", "--", "sh", "-c", "echo deploys $0", "{node}");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("deploys a.example.com", "deploys b.example.com");
    assertThat(calls())
        .containsExactly(
            "pre a.example.com", "pre b.example.com", "post 0 a.example.com b.example.com");
  }

  @Test
  void wrapsACommandOnceWithGlobalHooksOnlyAndItsExitCode() throws Exception {
    kitchen.script("record", "echo \"$FIX_HOOK_NAME $*\" >> calls", "exit \"${1:-0}\"");

    FixResult result =
        fix("wrap", "node:all", "--yes", "--", "sh", "-c", "echo \"$*\"; exit 7", "-", "{nodes}");

    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.out()).contains("a.example.com b.example.com");
    assertThat(calls()).containsExactly("post 7 a.example.com b.example.com");
  }

  @Test
  void asksBeforeAllNodes() throws Exception {
    FixResult no =
        FixCommand.in(kitchen).answering("n\n").run("wrap", "node:all", "--", "true", "{node}");
    assertThat(no.exit()).isZero();
    assertThat(no.err()).contains("This configures all 2 nodes. Go on? [y/N]", "Nothing has run.");
    assertThat(calls()).isEmpty();

    FixResult yes =
        FixCommand.in(kitchen).answering("y\n").run("wrap", "node:all", "--", "true", "{node}");
    assertThat(yes.exit()).isZero();
    assertThat(calls()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node:*", "node:a.example.com,all"})
  void asksHoweverAllIsWritten(String order) throws Exception {
    FixResult result = fix("wrap", order, "--", "true", "{node}");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("there is no terminal to ask at");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aWrappedCommandMayLeaveADaemonBehind() throws Exception {
    String pidFile = scratch.resolve("pid").toString();

    FixResult result =
        fix(
            "wrap",
            "node:a.example.com",
            "--",
            "sh",
            "-c",
            "sleep 60 & echo $! > $0",
            pidFile,
            "{node}");

    assertThat(result.exit()).isZero();
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(Files.readString(Path.of(pidFile)).strip())).orElseThrow();
    assertThat(daemon.isAlive()).isTrue();
    daemon.destroyForcibly();
  }

  @Test
  void aDisabledHookIsNotRunByHandEither() {
    kitchen.hookDef("off.json", hook("off", "user", ", \"enabled\": false"));

    FixResult result = fix("hooks", "run", "off");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("the hook \"off\" is not enabled");
  }

  @Test
  void theReasonOfAWrappedCommandIsNotGuessedFromItsCode() throws Exception {
    kitchen.script("record", "echo \"$FIX_HOOK_NAME $FIX_REASON\" >> calls");

    fix("wrap", "node:a.example.com", "--", "sh", "-c", "exit 5");

    assertThat(calls()).containsExactly("post failed");
  }

  @Test
  void historyCanBeReadWhenTheConfigurationIsBroken() {
    fix(WRAP);
    kitchen.cfg("[connection]", "accept-new = perhaps");

    assertThat(fix("status").exit()).isZero();
    assertThat(fix("history").exit()).isZero();
    assertThat(fix("plan", "node:all").exit()).isEqualTo(2);
  }

  @Test
  void printsTheSchema() throws Exception {
    assertThat(fix("hooks", "schema").out())
        .isEqualTo(Files.readString(Path.of("docs/hook.schema.json")));
  }

  @Test
  void doesNotAskWhereNobodyCanAnswer() throws Exception {
    FixResult result = fix("wrap", "node:all", "--", "true", "{node}");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: node:all asks before it starts, and there is no terminal to ask at
              -> add --yes where nobody can answer
            """);
    assertThat(calls()).isEmpty();
  }

  @Test
  void refusesToRunWhileAnotherRunHasANode() throws Exception {
    Path locks = kitchen.directory().resolve(".fix/locks");
    try (NodeLocks held =
        NodeLocks.take(locks, List.of("b.example.com"), "run X of ops (pid 7)", LockWait.none())) {
      assertThat(held).isNotNull();

      FixResult result = fix(WRAP);

      assertThat(result.exit()).isEqualTo(6);
      assertThat(result.err())
          .contains("another run holds the lock of b.example.com: run X of ops (pid 7)");
      assertThat(calls()).isEmpty();
      assertThat(fix("wrap", "node:a.example.com", "--", "true", "{node}").exit()).isZero();
    }
    assertThat(fix(WRAP).exit()).isZero();
  }

  @Test
  void aHookOfARunCannotStartAnotherButMayLook() throws Exception {
    String here = kitchen.directory().toRealPath().toString();
    FixCommand inside =
        FixCommand.in(kitchen).with("FIX_RUN_ID", "20261122-101512-3f9a").with("FIX_KITCHEN", here);

    FixResult refused = inside.run(WRAP);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("run 20261122-101512-3f9a of this kitchen is under way");
    assertThat(calls()).isEmpty();
    for (String command :
        List.of("plan node:all", "status", "history", "hooks list", "hooks lint")) {
      assertThat(inside.run(command.split(" ")).exit()).as(command).isZero();
    }
    assertThat(inside.with("FIX_KITCHEN", "/srv/another").run(WRAP).exit()).isZero();
  }

  @Test
  void aBrokenDefinitionStopsEveryRunBeforeAnythingRan() throws Exception {
    kitchen.hookDef("gate.json", "{\"name\": \"gate\", \"typ\": \"node_predeployhook\"}");

    FixResult result = fix("wrap", "node:a.example.com", "--", "touch", "{node}");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "hook-defs/gate.json:1:18: error: unknown key \"typ\" (did you mean \"type\"?)",
            "nothing has run");
    assertThat(calls()).isEmpty();
    assertThat(kitchen.directory().resolve("a.example.com")).doesNotExist();
  }

  @Test
  void withoutHooksABrokenDefinitionIsAWarning() throws Exception {
    kitchen.hookDef("gate.json", "{\"name\": \"gate\", \"typ\": \"node_predeployhook\"}");

    FixResult result = fix("wrap", "--no-hooks", "node:a.example.com", "--", "true", "{node}");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("hook-defs/gate.json:1:18: warning: unknown key \"typ\"");
    assertThat(calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pre", "node_predeployhook", "tag:slow"})
  void leavesHooksOutByNameTypeAndTagAndRemembersIt(String flag) throws Exception {
    FixResult result =
        fix("wrap", "--skip-hooks", flag, "node:a.example.com", "--", "true", "{node}");

    assertThat(result.exit()).isZero();
    List<String> left =
        flag.equals("tag:slow") ? List.of("pre a.example.com") : List.of("post 0 a.example.com");
    assertThat(calls()).isEqualTo(left);
    assertThat(result.out()).contains("--skip-hooks " + flag);
    assertThat(fix("status").out()).contains("--skip-hooks " + flag);
  }

  @Test
  void showsThePlanAndStartsNothing() throws Exception {
    FixResult result = fix("plan", "node:all");

    assertThat(result.exit()).isZero();
    String hook = kitchen.directory().toRealPath().resolve("hooks/record").toString();
    assertThat(result.out())
        .isEqualTo(
            """
            Plan of: fix node:all
            2 nodes, one at a time

            a.example.com  (staging, roles web)
              pre    pre: 'HOOK' a.example.com
              deploy converge over SSH

            b.example.com  (_default)
              pre    pre: 'HOOK' b.example.com
              deploy converge over SSH

            After the run
              post: 'HOOK' RC a.example.com b.example.com
            """
                .replace("HOOK", hook));
    assertThat(calls()).isEmpty();
    assertThat(kitchen.directory().resolve(".fix")).doesNotExist();
  }

  @Test
  void runsAHookByHandAsARunWould() throws Exception {
    kitchen.script("record", "env | grep ^FIX_ | sort", "cat \"$FIX_CONTEXT\"; exit 9");

    FixResult result = fix("hooks", "run", "post", "--rc", "5", "--node", "a.example.com");

    assertThat(result.exit()).isEqualTo(9);
    assertThat(result.out())
        .contains(
            "FIX_CHEF_ENVIRONMENT=staging",
            "FIX_HOOK_NAME=post",
            "FIX_HOOK_TYPE=global_postdeployhook",
            "FIX_REASON=skipped",
            "FIX_RETURN_CODE=5",
            "FIX_ROLES=web",
            "\"fqdn\":\"a.example.com\"")
        .doesNotContain("b.example.com");
    assertThat(kitchen.directory().resolve(".fix/runs")).isEmptyDirectory();
  }

  @Test
  void runsAFailedHookAgainForTheNodesOfItsRun() throws Exception {
    fix("wrap", "node:b.example.com", "--", "true", "{node}");

    FixResult result = fix("hooks", "run", "post", "--run", "2", "--rc", "0");

    assertThat(result.exit()).isZero();
    assertThat(calls())
        .containsExactly("pre b.example.com", "post 0 b.example.com", "post 0 b.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plan nod:all | \"nod:all\" is not an order",
        "plan | Missing required parameter: 'ORDERS'",
        "node:all --concurency 3 | Unknown option: '--concurency'",
        "node:all -c 0 | --concurrency 0: at least 1 was expected",
        "node:all --max-fail 200% | --max-fail 200%: at most 100% was expected",
        "node:all --keep-going --max-fail 2 | --keep-going and --max-fail exclude each other",
        "node:all --batch 1,x | --batch 1,x: \"x\" is neither a number nor a percentage",
        "node:all --batch 0 | --batch 0: a batch has at least one node",
        "node:all --limit a.example.con | --limit a.example.con: the orders choose no node of this name",
        "node:all --order up | --order up: given, name, reverse, shuffle or shuffle:SEED was expected",
        "wrap node:all --batch 1 -- true | --batch means nothing for a command that is run once",
        "node:all --env stagin | stagin",
        "wrap node:all | fix wrap needs a command after --",
        "plan node:all -- true | fix plan takes no command after --",
        "hooks run pree | there is no hook \"pree\"",
        "hooks run pre | \"pre\" is a node hook",
        "status nosuchrun | nosuchrun",
        "--dry-run wrap node:all | --dry-run stands before \"wrap\", where it means nothing",
        "--env staging plan node:all | --env stands before \"plan\", where it means nothing",
        "history -n 0 | --limit 0: at least 1 was expected",
        "wrap node:all --yes -- ./nope {node} | the command cannot be started: ",
      })
  void saysWhatIsWrongWithTheWordsAndWhatToDo(String words, String message) {
    fix(WRAP);

    FixResult result = fix(words.split(" "));

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("fix: ")
        .contains(message)
        .containsPattern("->|did you mean");
  }

  @Test
  void saysEachEventAsALineOfJson() {
    FixResult result =
        fix("wrap", "--output", "json", "node:a.example.com", "--", "true", "{node}");

    assertThat(result.events().getFirst().path("event").asString()).isEqualTo("run-started");
    assertThat(result.events().getLast().path("event").asString()).isEqualTo("run-finished");
    assertThat(result.outcomes()).containsEntry("a.example.com", "deployed");
  }

  @Test
  void hasNothingToDoWithoutNodes() {
    FixResult result = fix("wrap", "nodes_with_tag:none", "--", "true", "{node}");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("No nodes match; nothing to do.");
  }
}
