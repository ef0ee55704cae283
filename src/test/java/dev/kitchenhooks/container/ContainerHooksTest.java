package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks in containers of a real engine: what they get, and how they end. */
class ContainerHooksTest {
  @TempDir Path dir;
  private ContainerKitchen at;

  @BeforeEach
  void engine() {
    at = new ContainerKitchen(DockerEngine.shared(), dir.resolve("a, \"kitchen\": here"));
  }

  @Test
  void aHookGetsItsArgumentsVariablesAndFiles() throws IOException {
    at.script(
        "\"args\": [\"--pool\", \"a b\"], \"environment\": {\"TOKEN\": \"s3cret\"},",
        "",
        "echo \"args: $*\"",
        "pwd",
        "echo \"$FIX_KITCHEN $FIX_CONTEXT $FIX_OUTPUT $FIX_NODES_FILE $FIX_NODE $TOKEN\"",
        "echo \"path: $PATH home: $HOME user: $USER\"",
        "cat $FIX_NODES_FILE",
        "head -c 12 $FIX_CONTEXT; echo",
        "echo value=1 >> $FIX_OUTPUT && echo written",
        "ls -A /kitchen/.fix | wc -l",
        "touch /kitchen/x 2>/dev/null || echo read-only");
    FixResult result = at.run("--rc", "3", "--type", "node_postdeployhook");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "args: 3 a.example.com --pool a b",
            "/kitchen",
            "/kitchen /fix/context.json /fix/output /fix/nodes a.example.com s3cret",
            "path: /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin home: / user: ",
            "a.example.com",
            "{\"version\":1",
            "written",
            "0",
            "read-only");
    assertThat(at.containers()).isEmpty();
    try (var runs = Files.list(at.directory().resolve(".fix/runs"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void aWritableKitchenIsWrittenToAndStillHidesWhatFixKeepsThere() throws IOException {
    at.script("", ", \"writable\": true", "echo here > /kitchen/x", "echo no > /kitchen/.fix/x");
    assertThat(at.run().exit()).isZero();
    assertThat(at.directory().resolve("x")).hasContent("here");
    assertThat(at.directory().resolve(".fix/x")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234", "web", "5555:77"})
  void anyUserCanReadAndWriteTheFilesOfTheCall(String user) {
    at.script(
        "",
        ", \"user\": \"%s\"".formatted(user),
        "id -u",
        "cat $FIX_CONTEXT $FIX_NODES_FILE > /dev/null && echo a=b > $FIX_OUTPUT && cat $FIX_OUTPUT");
    FixResult result = at.run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines()).contains("a=b").doesNotContain("0");
  }

  @Test
  void limitsAndNetworkAreTheEngines() throws IOException {
    at.script(
        "",
        ", \"memory\": \"64m\", \"cpus\": 0.5, \"pids\": 20, \"network\": \"host\", \"cleanup\": []",
        "true");
    FixResult result = at.run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(
            at.engine.docker(
                "inspect",
                "--format",
                "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.NetworkMode}} {{.HostConfig.Init}}",
                at.containers().getFirst()))
        .isEqualTo("67108864 500000000 21 host true\n");
  }

  @Test
  void aHookThatNeedsMoreMemoryThanItMayHaveIsToldWhy() throws IOException {
    at.script("", ", \"memory\": \"8m\"", "exec dd if=/dev/zero of=/dev/null bs=100M count=1");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(137);
    assertThat(result.err()).contains("out of memory: its limit is 8m");
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void variablesComeAsTheyAreAndNeverAsArguments() throws IOException {
    String json =
        "{\"A\": \"one\\ntwo\", \"B\": \"  spaces  \", \"C\": \"\\\"quoted\\\"\", \"D\": \"#no comment = x\", \"E\": \"\", \"F\": \"%s\"}"
            .formatted("f".repeat(100_000));
    at.script(
        "\"environment\": " + json + ",",
        "",
        "printf '[%s]\\n' \"$A\" \"$B\" \"$C\" \"$D\" \"$E\"",
        "echo ${#F}");
    at.wrapper(
        "echo \"$@\" >> \"$0.log\"",
        "f=$(printf '%s\\n' \"$@\" | grep '/call-1.env$') && [ $1 = create ] && stat -c %a \"$f\" >> \"$0.mode\"",
        "[ $1 = start ] && ls \"${0%/*}\"/.fix/runs/* >> \"$0.files\"");
    FixResult result = at.run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "[one", "two]", "[  spaces  ]", "[\"quoted\"]", "[#no comment = x]", "[]", "100000");
    String calls = Files.readString(at.directory().resolve("engine.log"));
    assertThat(calls)
        .contains("--env A --env B")
        .doesNotContain("one", "quoted", "comment", "ffff");
    assertThat(at.directory().resolve("engine.mode")).hasContent("600");
    assertThat(Files.readString(at.directory().resolve("engine.files")))
        .contains("call-1")
        .doesNotContain("call-1.env");
  }

  @Test
  void aVariableThatTheEngineWouldTakeForItselfIsRefused() throws IOException {
    at.script("\"environment\": {\"DOCKER_HOST\": \"a\\nb\"},", "", "true");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(125);
    assertThat(result.err()).contains("the variable DOCKER_HOST cannot be given to a container");
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void anAbsoluteProgramIsTheImages() {
    at.hook("\"exec\": \"/bin/echo\", \"args\": [\"x\"],", "\"image\": \"tiny\"");
    assertThat(at.run().out()).isEqualTo("a.example.com x\n");
  }

  @Test
  void withoutAProgramTheImagesOwnGetsTheArguments() throws IOException {
    at.engine.importImage("own-command", "CMD [\"echo\", \"command\"]");
    at.engine.importImage(
        "own-entrypoint", "ENTRYPOINT [\"echo\", \"entrypoint\"]", "CMD [\"default\"]");
    at.engine.importImage("nothing");
    at.hook("", "\"image\": \"own-command\"");
    assertThat(at.run().out()).isEqualTo("command a.example.com\n");
    at.hook("", "\"image\": \"own-entrypoint\"");
    assertThat(at.run().out()).isEqualTo("entrypoint a.example.com\n");
    at.hook("", "\"image\": \"nothing\"");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(127);
    assertThat(result.err()).contains("the image nothing says no program: say which, by \"exec\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "exec": "/no/such",        | "image": "tiny"                        | 127 | No such file or directory
          "exec": "/bin",            | "image": "tiny"                        | 126 | Permission denied
          "exec": "/bin/true",       | "image": "tiny", "user": "nobody"      | 125 | unable to find user nobody
          "exec": "/bin/true",       | "image": "tiny", "network": "no-such"  | 125 | network no-such not found
          "exec": "/bin/true",       | "image": "tiny", "memory": "1m"        | 125 | Minimum memory limit allowed
          "exec": "/bin/true",       | "image": "localhost:1/none"            | 125 | the image localhost:1/none cannot be pulled:
          """)
  void whatCannotBeStartedSaysWhyAndLeavesNothing(
      String exec, String container, int code, String why) throws IOException {
    at.hook(exec, container + ", \"cleanup\": []");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(code);
    assertThat(result.err()).contains(why);
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void aScriptWhoseInterpreterIsNotInTheImageIsNotFound() throws IOException {
    at.kitchen.executable("hooks/h", "#!/usr/bin/python3");
    at.hook("\"exec\": \"h\",", "\"image\": \"tiny\"");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(127);
    assertThat(result.err())
        .contains(
            "/kitchen/hooks/h: No such file or directory (it, or what its first line names, is not in the image)");
  }

  @Test
  void aProgramThatPrintsAndExitsWith127WasStarted() throws IOException {
    at.script("", "", "echo hello", "exit 127");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(127);
    assertThat(result.out()).isEqualTo("hello\n");
  }

  @Test
  void nothingOfAHookIsLeftThatStartsProcessesOfItsOwn() throws IOException {
    at.script("", "", "setsid sleep 1000 &", "sleep 1000 &", "echo done");
    FixResult result = at.run();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("done\n");
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void whatAHookLeavesInItsDirectoryIsTakenAway() throws IOException {
    at.script(
        "",
        "",
        "mkdir -p /fix/a/b; touch /fix/a/b/c /fix/d; ln -s /etc/passwd /fix/e",
        "rm /fix/output; ln -s /etc/shadow /fix/output");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("its FIX_OUTPUT is not a regular file any more");
    try (var runs = Files.list(at.directory().resolve(".fix/runs"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void aTrialShowsWhatItIsGivenInTheContainer() {
    at.script("\"environment\": {\"SHELL\": \"ash\"},", "", "env");

    String out = at.fix("hooks", "test", "h", "--rc", "3").out();

    assertThat(out)
        .contains("\nRuns: /kitchen/hooks/h 3 a.example.com  [in a container: tiny]\n")
        .contains("\n  and what the image sets, and its PATH\nOutput:\n");
    String given = out.substring(out.indexOf("Environment:"), out.indexOf("  and what"));
    assertThat(given)
        .contains("\n  FIX_CONTEXT=/fix/context.json\n", "\n  SHELL=ash\n")
        .doesNotContain(" PATH=", " HOME=", at.directory().toString());
    assertThat(given.lines().skip(1)).allSatisfy(v -> assertThat(out).contains("  | " + v.strip()));
  }

  @Test
  void whatItWritesReachesLaterHooks() {
    at.script("", "", "echo from=inside > $FIX_OUTPUT");
    at.kitchen.script("later", "echo later: $FIX_OUT_from");
    at.kitchen.hookDef(
        "later.json",
        """
        {"name": "later", "type": "node_postdeployhook", "exec": "later", "weight": 1,
         "container": {"image": "tiny"}}
        """);
    FixResult result = at.fix("wrap", "node:all", "--yes", "--", "true", "{node}");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("later: inside");
  }

  @Test
  void aSecretIsMaskedInWhatAContainerShows() {
    at.kitchen.file("secret", "open-sesame\n").permissions("secret", "rw-------");
    at.script(
        "\"environment\": {\"TOKEN\": {\"from_file\": \"secret\"}},",
        "",
        "[ \"$TOKEN\" = open-sesame ] && echo \"it is $TOKEN\"");
    FixResult result = at.run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("it is ").doesNotContain("sesame");
  }

  @Test
  void aLotOfOutputArrivesWhole() {
    at.script("", "", "seq 1 20000");
    FixResult result = at.run();
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 20_000).mapToObj(Integer::toString).toList());
  }

  @Test
  void wherePlentyOfNodesStandInAFileItIsTheOneInTheContainer() {
    for (int i = 0; i < 1_500; i++) {
      at.kitchen.node("%s-%04d.example.com".formatted("n".repeat(55), i));
    }
    at.kitchen.script("g", "echo $1 $#", "wc -l < $1");
    at.kitchen.hookDef(
        "g.json",
        """
        {"name": "g", "type": "global_predeployhook", "exec": "g", "container": {"image": "tiny"}}
        """);
    FixResult result = at.fix("hooks", "run", "g");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines()).containsExactly("/fix/nodes 1", "1501");
  }

  @Test
  void twentyNodesHaveTheirHooksAtTheSameTime() throws IOException {
    for (int i = 1; i < 20; i++) {
      at.kitchen.node("n%02d.example.com".formatted(i));
    }
    at.script("\"type\": \"node_predeployhook\",", "", "echo hook of $FIX_NODE")
        .kitchen
        .hookDef(
            "h.json",
            """
            {"name": "h", "type": "node_predeployhook", "exec": "h", "container": {"image": "tiny"}}
            """);
    FixResult result =
        at.fix("wrap", "node:all", "--yes", "--concurrency", "20", "--", "true", "{node}");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("hook of")).distinct())
        .hasSize(20);
    assertThat(at.containers()).isEmpty();
  }
}
