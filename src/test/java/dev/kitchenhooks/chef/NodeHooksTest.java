package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.ProcessResult.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hook finds on its node, and what it leaves there, in every shell that can be had. */
@Timeout(60)
class NodeHooksTest {
  @TempDir Path temp;
  private NodeHookFixture fixture;

  @BeforeEach
  void makeFixture() throws Exception {
    fixture = new NodeHookFixture(temp);
  }

  @ParameterizedTest
  @EnumSource
  void runsWithItsArgumentsVariablesAndFiles(Shell shell) throws Exception {
    LocalNode node = fixture.node(shell);
    fixture.program(
        """
        #!/bin/sh
        echo "args: $# [$1] [$2] [$3]"
        echo "secret: $SECRET"
        echo "context: $(cat "$FIX_CONTEXT")"
        echo "nodes: $(cat "$FIX_NODES_FILE") $(cat "$4")"
        echo "home: $HOME lang: ${LANG-none} umask: $(umask)"
        echo "stdin: $(wc -c | tr -d ' ')"
        echo "own: ${0##*/} $(ls "$PWD" | wc -l | tr -d ' ')"
        echo to stderr >&2
        printf 'a=1\\nb=\\033 \\303\\244\\n' >"$FIX_OUTPUT"
        printf 'no line end'
        """);
    fixture.arguments("it's", "", "two\nlines", fixture.nodesFile().toString());
    fixture.variable("SECRET", "s3'c $(ret) \\ \u0101\u0441\u0448\nsecond line");
    fixture.variable("LANG", "of the controller");

    ProcessResult result = fixture.run(node);

    assertThat(result.exitCode()).as(fixture.output + result.detail()).isZero();
    assertThat(result.end()).isEqualTo(End.EXITED);
    assertThat(fixture.output)
        .containsExactly(
            "args: 4 [it's] [] [two",
            "lines]",
            "secret: s3'c $(ret) \\ \u0101\u0441\u0448",
            "second line",
            "context: {\"context\": true}",
            "nodes: node1.farm.test node1.farm.test",
            "home: " + node.home + " lang: none umask: " + NodeHookFixture.umask(),
            "stdin: 0",
            "own: hook 0",
            "to stderr",
            "no line end");
    assertThat(Files.readString(fixture.outputFile())).isEqualTo("a=1\nb=\u001B \u00E4\n");
    assertThat(node.commands).hasSize(1).noneMatch(line -> line.contains("s3'c"));
    fixture.assertNothingIsLeft(node);
  }

  @ParameterizedTest
  @EnumSource
  void whatItMakesOfTheComposeFileComesBack(Shell shell) throws Exception {
    Path copy = fixture.composeFile("services: {} # \u00e9\n");
    fixture.program("#!/bin/sh\necho \"${1##*/}\"; printf 'more\\n\\n' >>\"$1\"; exit 3\n");
    fixture.arguments(copy.toString());
    assertThat(fixture.run(fixture.node(shell)).exitCode()).isEqualTo(3);
    assertThat(fixture.output).containsExactly("docker-compose.yml");
    assertThat(copy).content().isEqualTo("services: {} # \u00e9\nmore\n\n");
  }

  @Test
  void aComposeFileThatItDoesNotTouchIsNotWritten() throws Exception {
    Path copy = fixture.composeFile("services: {}\n");
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(copy, before);
    fixture.program("#!/bin/sh\ncat \"$1\"\n");
    fixture.arguments(copy.toString());
    assertThat(fixture.run(fixture.node(Shell.DASH)).exitCode()).isZero();
    assertThat(fixture.output).containsExactly("services: {}");
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(before);
  }

  @Test
  void aComposeFileThatGrowsBeyondMeasureIsRefused() throws Exception {
    Path copy = fixture.composeFile("services: {}\n");
    fixture.program("#!/bin/sh\nhead -c 1048577 /dev/zero >\"$1\"\n");
    fixture.arguments(copy.toString());
    ProcessResult result = fixture.run(fixture.node(Shell.DASH));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.detail()).isEqualTo("the compose file that it made is longer than 1 MiB");
    assertThat(copy).hasContent("services: {}\n");
  }

  @Test
  void theEnvironmentIsTheDefinitionsAndNotTheLogins() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    fixture.program("#!/bin/sh\n/usr/bin/env | sed 's/=.*//' | sort\n");
    fixture.variable("FIX_NODE", "node1.farm.test");
    fixture.variable("FIX_OUT_not-a-name", "left out");
    fixture.run(node);
    assertThat(fixture.output)
        .containsExactly(
            "FIX_CONTEXT",
            "FIX_NODE",
            "FIX_NODES_FILE",
            "FIX_OUTPUT",
            "FIX_PROCESS_TREE",
            "HOME",
            "PATH",
            "PWD");
  }

  @Test
  void whatTheDefinitionNamesIsMeantForTheNodeToo() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    fixture.program("#!/bin/sh\necho \"$LANG $PATH\"\n");
    fixture.declared(Map.of("LANG", "xx", "PATH", "/nowhere"));
    fixture.run(node);
    assertThat(fixture.output).containsExactly("xx /nowhere");
  }

  @ParameterizedTest
  @CsvSource({"0,EXITED", "1,EXITED", "75,EXITED", "127,EXITED", "143,SIGNALLED", "255,EXITED"})
  void theExitCodeIsTheHooksOwn(int code, End end) throws Exception {
    fixture.program("#!/bin/sh\nexit " + code + "\n");
    ProcessResult result = fixture.run(fixture.node(Shell.DASH));
    assertThat(result.exitCode()).isEqualTo(code);
    assertThat(result.end()).isEqualTo(end);
  }

  @Test
  void aSignalIsNamed() throws Exception {
    fixture.program("#!/bin/sh\nkill -KILL $$\n");
    ProcessResult result = fixture.run(fixture.node(Shell.BASH));
    assertThat(result.exitCode()).isEqualTo(137);
    assertThat(result.detail()).isEqualTo("killed by SIGKILL");
    assertThat(fixture.output).isEmpty();
  }

  @Test
  void aBinaryOfAnySizeArrivesAsItIs() throws Exception {
    byte[] program = Files.readAllBytes(Path.of("/bin/dd").toRealPath());
    fixture.program(program);
    fixture.arguments("--version");
    assertThat(fixture.run(fixture.node(Shell.DASH)).exitCode()).isZero();
    assertThat(fixture.output.getFirst()).startsWith("dd (coreutils)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#!/no/such/program", "#!/usr/bin/env no-such-program"})
  void aMissingInterpreterIsNamed(String firstLine) throws Exception {
    fixture.program(firstLine + "\n");
    LocalNode node = fixture.node(Shell.DASH);
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).isEqualTo(126);
    assertThat(result.end()).isEqualTo(End.NOT_STARTED);
    assertThat(result.detail())
        .startsWith("interpreter ")
        .contains("no-such-program".substring(0, 2))
        .endsWith(" on node1.farm.test");
    fixture.assertNothingIsLeft(node);
  }

  @Test
  void muchOutputOfTheHookIsBroughtBackUpToWhatTheReaderChecks() throws Exception {
    fixture.program("#!/bin/sh\nhead -c 70000 /dev/zero | tr '\\0' x >\"$FIX_OUTPUT\"\n");
    fixture.run(fixture.node(Shell.DASH));
    assertThat(Files.size(fixture.outputFile())).isEqualTo(65537);
  }

  @Test
  void refusedSudoIsTheHooksFailureAndSaysWhatToDo() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    node.program("id", "#!/bin/sh\necho 1000\n");
    node.setting("sudo-password", "right");
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).isEqualTo(126);
    assertThat(result.end()).isEqualTo(End.NOT_STARTED);
    assertThat(result.detail())
        .isEqualTo(
            "sudo: a password is required; set [userinfo] password, or let the user run sudo without"
                + " one on node1.farm.test");
  }

  @Test
  void theSudoPasswordGoesFirstAndIsNoInputOfTheHook() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    node.program("id", "#!/bin/sh\necho 1000\n");
    node.setting("sudo-password", "right");
    fixture.sudoPassword("right");
    fixture.program("#!/bin/sh\necho \"ran with [$(cat)]\"\n");
    assertThat(fixture.run(node).exitCode()).isZero();
    assertThat(fixture.output).containsExactly("ran with []");
    assertThat(node.commands).noneMatch(line -> line.contains("right"));
  }

  @Test
  void aPlaceThatRunsNoProgramsIsPassedOver() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    Path full = Files.createDirectories(temp.resolve("full"));
    // As a directory that is mounted noexec, or read only, or full: what is put there does not run.
    node.program(
        "chmod",
        "#!/bin/sh\ncase $2 in %s/*) exit 1 ;; esac\nexec /bin/chmod \"$@\"\n".formatted(full));
    node.program("sh", "#!/bin/dash\nTMPDIR=%s exec /bin/dash \"$@\"\n".formatted(full));
    fixture.program("#!/bin/sh\necho \"$0\"\n");
    assertThat(fixture.run(node).exitCode()).isZero();
    assertThat(fixture.output.getFirst()).startsWith("/var/tmp/fix-hook.");
    assertThat(full).isEmptyDirectory();
    fixture.assertNothingIsLeft(node);
  }

  @Test
  void aFullDiskIsNamed() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    node.program("dd", "#!/bin/sh\nexec /bin/dd \"$@\" of=/dev/full\n");
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).isEqualTo(126);
    assertThat(result.detail())
        .contains("it cannot be written to")
        .contains("No space left on device");
    fixture.assertNothingIsLeft(node);
  }

  @Test
  void aDirectoryThatACutLeftBehindIsRemovedByTheNext() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    Path left = Files.createDirectories(temp.resolve("tmp/fix-hook.4194305.17/bin"));
    fixture.temporary(node, temp.resolve("tmp"));
    fixture.program("#!/bin/sh\nexit 0\n");
    fixture.run(node);
    assertThat(left.getParent()).doesNotExist();
    assertThat(temp.resolve("tmp")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aTreeThatIgnoresSigtermIsKilledWhereverItsMembersWent(Shell shell) throws Exception {
    LocalNode node = fixture.node(shell);
    fixture.limits(Duration.ofSeconds(1), Duration.ofSeconds(1));
    fixture.program(
        """
        #!/bin/sh
        trap '' TERM
        setsid sh -c 'trap "" TERM; sleep NAP' &
        (setsid sh -c 'sleep NAP' >/dev/null 2>&1 &)
        (env -i setsid sleep NAP &)
        sleep NAP
        sleep NAP
        """);
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).as(result.detail()).isEqualTo(124);
    assertThat(result.end()).isEqualTo(End.TIMED_OUT);
    assertThat(result.detail()).isEqualTo("timed out after 1s");
    assertThat(NodeHookFixture.running("sleep " + NodeHookFixture.NAP)).isEmpty();
    fixture.assertNothingIsLeft(node);
  }

  @Test
  void aChildThatHoldsTheOutputIsWaitedForUntilTheTimeout() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    fixture.limits(Duration.ofSeconds(1), Duration.ofSeconds(5));
    fixture.program("#!/bin/sh\nsleep NAP &\necho done\n");
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).isEqualTo(124);
    assertThat(result.end()).isEqualTo(End.OUTPUT_LEFT_OPEN);
    assertThat(result.detail()).isEqualTo("output left open by 1 process (sleep)");
    assertThat(fixture.output).containsExactly("done");
    assertThat(NodeHookFixture.running("sleep " + NodeHookFixture.NAP)).isEmpty();
    fixture.assertNothingIsLeft(node);
  }

  @Test
  void aDaemonThatTheHookLeavesIsEndedAndIsNoFailure() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    fixture.program("#!/bin/sh\n(setsid sleep NAP >/dev/null 2>&1 &)\necho done\n");
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).isZero();
    assertThat(NodeHookFixture.running("sleep " + NodeHookFixture.NAP)).isEmpty();
    fixture.assertNothingIsLeft(node);
  }

  @Test
  void itTakesItsTimeToEndAfterSigterm() throws Exception {
    LocalNode node = fixture.node(Shell.DASH);
    fixture.limits(Duration.ofSeconds(1), Duration.ofSeconds(20));
    fixture.program("#!/bin/sh\ntrap 'echo tidied up; exit 3' TERM\nsleep NAP &\nwait\n");
    ProcessResult result = fixture.run(node);
    assertThat(result.exitCode()).isEqualTo(124);
    assertThat(fixture.output).isEqualTo(List.of("tidied up"));
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(15));
  }
}
