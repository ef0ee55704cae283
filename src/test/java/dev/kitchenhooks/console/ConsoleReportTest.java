package dev.kitchenhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whole runs as a person sees them, to the letter. */
class ConsoleReportTest {
  private static final String ID = "20261122-101512-3f9a";
  private static final PlannedHook NOTICE = Plans.hook("notice", "global_predeployhook");
  private static final PlannedHook DRAIN =
      Plans.hook(
          "drain", "node_predeployhook", "takes the node out of the balancer", OutputMode.LIVE);
  private static final PlannedHook CHECK =
      Plans.hook("check", "node_postdeployhook", "", OutputMode.QUIET);
  private static final PlannedHook TELL = Plans.hook("tell", "global_postdeployhook");

  private static RunPlan threeNodes() {
    return Plans.of(
        List.of(NOTICE),
        List.of(TELL),
        Plans.node("web1.example.com", List.of(DRAIN), List.of(CHECK)),
        Plans.node("web2.example.com", List.of(DRAIN), List.of(CHECK)),
        Plans.node("database.example.com", List.of(), List.of()));
  }

  private static RunPlan with(RunPlan plan, Limits limits, List<SkippedHook> skipped) {
    return new RunPlan(
        plan.command(),
        plan.phase(),
        plan.work(),
        limits,
        plan.globalPre(),
        plan.nodes(),
        plan.dummies(),
        plan.globalPost(),
        skipped);
  }

  private static ScriptedRun deployed(ScriptedRun run, String node) {
    return run.nodeStarts(node)
        .connects(node, 120)
        .deployStarts(node)
        .deploySays(node, "Converging 3 resources")
        .after(8_130)
        .deployEnds(node, 0, "", 8_130, "Converging 3 resources")
        .nodeEnds(node, Outcome.DEPLOYED, "", 8_250);
  }

  private static void partlySkipped(ScriptedRun run) {
    run.start(
            ID,
            with(threeNodes(), Limits.SERIAL, List.of(new SkippedHook(TELL, "--skip-hooks tell"))))
        .hook(NOTICE, null, OptionalInt.empty(), 0, 230, "posted to #ops")
        .nodeStarts("web1.example.com")
        .connects("web1.example.com", 80)
        .hook(DRAIN, "web1.example.com", OptionalInt.empty(), 0, 400, "draining", "")
        .deployStarts("web1.example.com")
        .deploySays("web1.example.com", "Converging 3 resources")
        .after(61_000)
        .deployEnds("web1.example.com", 0, "", 61_000)
        .hook(CHECK, "web1.example.com", OptionalInt.of(0), 0, 50, "never shown")
        .nodeEnds("web1.example.com", Outcome.DEPLOYED, "", 61_530)
        .nodeStarts("web2.example.com")
        .connects("web2.example.com", 80)
        .hook(DRAIN, "web2.example.com", OptionalInt.empty(), 1, 300, "no such backend")
        .nodeEnds("web2.example.com", Outcome.SKIPPED, "pre hook \"drain\" failed (exit 1)", 380);
    deployed(run, "database.example.com").end(5, 5, RunResult.End.FINISHED);
  }

  @Test
  void aRunWithASkippedNode() {
    var console = new Captured(Terminal.PLAIN);
    partlySkipped(new ScriptedRun(console));
    assertThat(console.text())
        .isEqualTo(
            """
            Run 20261122-101512-3f9a: 3 nodes (web1.example.com, web2.example.com, database.example.com), 4 hooks, one at a time · environment staging
            Left out by --skip-hooks tell: tell
            [notice] started
            [notice] | posted to #ops
            [notice] ok in 0.2s
            web1.example.com connecting
            web1.example.com connected in 0.1s
            web1.example.com [drain] started
            web1.example.com [drain] | draining
            web1.example.com [drain] |
            web1.example.com [drain] ok in 0.4s
            web1.example.com deploying
            web1.example.com | Converging 3 resources
            web1.example.com deploy ok in 1m01s
            web1.example.com deployed in 1m02s
            web2.example.com connecting
            web2.example.com connected in 0.1s
            web2.example.com [drain] started
            web2.example.com [drain] | no such backend
            web2.example.com [drain] failed in 0.3s (exit 1)
            web2.example.com skipped in 0.4s: pre hook "drain" failed (exit 1)
            database.example.com connecting
            database.example.com connected in 0.1s
            database.example.com deploying
            database.example.com | Converging 3 resources
            database.example.com deploy ok in 8.1s
            database.example.com deployed in 8.3s

            web1.example.com      deployed  1m02s
            web2.example.com      skipped    0.4s  pre hook "drain" failed (exit 1)
            database.example.com  deployed   8.3s

            Hook drain failed on web2.example.com after 0.3s: exit 1 (node_predeployhook)
              takes the node out of the balancer
              | no such backend
              run it again: fix hooks run drain --type node_predeployhook --node web2.example.com

            Run 20261122-101512-3f9a: 2 deployed, 1 skipped in 1m10s; exit 5
            Next: mend the cause above, then fix node:web2.example.com
            """);
  }

  @Test
  void aRunThatEndsWellSaysNoMore() {
    var console = new Captured(Terminal.PLAIN);
    ScriptedRun run =
        new ScriptedRun(console)
            .start(ID, Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of())));
    deployed(run, "db1").end(0, 0, RunResult.End.FINISHED);
    assertThat(console.text())
        .isEqualTo(
            """
            Run 20261122-101512-3f9a: 1 node (db1), 0 hooks, one at a time · environment staging
            db1 connecting
            db1 connected in 0.1s
            db1 deploying
            db1 | Converging 3 resources
            db1 deploy ok in 8.1s
            db1 deployed in 8.3s

            db1  deployed  8.3s

            Run 20261122-101512-3f9a: 1 deployed in 8.3s; exit 0
            """);
  }

  @Test
  void anAbortedRunNamesTheHookAndItsRule() {
    var console = new Captured(Terminal.PLAIN);
    var timedOut =
        new ProcessResult(
            124, ProcessResult.End.TIMED_OUT, "timed out after 30s", Duration.ofSeconds(30));
    String[] output =
        IntStream.rangeClosed(1, 12).mapToObj(i -> "line " + i).toArray(String[]::new);
    ScriptedRun run = new ScriptedRun(console).start(ID, threeNodes());
    run.nodeStarts("web1.example.com")
        .connects("web1.example.com", 80)
        .deployStarts("web1.example.com")
        .after(1_000)
        .deployEnds("web1.example.com", 3, "", 1_000, "FATAL: no")
        .hook(CHECK, "web1.example.com", OptionalInt.of(3), timedOut, output)
        .nodeEnds("web1.example.com", Outcome.FAILED, "deploy failed (exit 3)", 31_080)
        .nodeEnds("web2.example.com", Outcome.NOT_STARTED, "the run was aborted", 0)
        .nodeEnds("database.example.com", Outcome.NOT_STARTED, "the run was aborted", 0)
        .end(4, 4, RunResult.End.ABORTED);
    assertThat(console.text())
        .endsWith(
            """
            web1.example.com deploy failed in 1.0s (exit 3)
            web1.example.com [check] failed in 30.0s (exit 124, timed out after 30s)
            web1.example.com failed in 31.1s: deploy failed (exit 3)

            web1.example.com      failed       31.1s  deploy failed (exit 3)
            web2.example.com      not-started         the run was aborted
            database.example.com  not-started         the run was aborted

            Deploy failed on web1.example.com after 1.0s: exit 3
              | FATAL: no

            Hook check failed on web1.example.com after 30.0s: exit 124, timed out after 30s (node_postdeployhook)
              | line 3
              | line 4
              | line 5
              | line 6
              | line 7
              | line 8
              | line 9
              | line 10
              | line 11
              | line 12
              run it again: fix hooks run check --type node_postdeployhook --node web1.example.com --rc 3

            Aborted: hook check on web1.example.com failed, so no further node was started (rule 5)
            Run 20261122-101512-3f9a: 1 failed, 2 not-started in 31.1s; exit 4
            Next: mend the cause above, then fix node:all
            """);
  }

  @Test
  void aRunThatOnlyAnotherOneIsInTheWayOfSaysToWaitForIt() {
    var console = new Captured(Terminal.PLAIN);
    ScriptedRun run = new ScriptedRun(console).start(ID, threeNodes());
    deployed(run, "web1.example.com");
    deployed(run, "web2.example.com")
        .nodeStarts("database.example.com")
        .nodeEnds(
            "database.example.com", Outcome.UNREACHABLE, "run 20261122-101500-1c3d is at it", 100)
        .end(6, 6, RunResult.End.FINISHED);
    assertThat(console.text())
        .endsWith(
            """
            Run 20261122-101512-3f9a: 2 deployed, 1 unreachable in 16.5s; exit 6
            Next: when the other run has ended, fix node:database.example.com
            """);
  }

  @Test
  void aRunThatItsPostHooksTurnedGreenSaysBothCodes() {
    var console = new Captured(Terminal.PLAIN);
    new ScriptedRun(console)
        .start(ID, threeNodes())
        .nodeStarts("web1.example.com")
        .after(1_500)
        .nodeEnds(
            "web1.example.com",
            Outcome.UNREACHABLE,
            "connection refused by web1.example.com:22",
            1_500)
        .nodeEnds(
            "web2.example.com", Outcome.NOT_STARTED, "stopped after too many nodes had failed", 0)
        .nodeEnds(
            "database.example.com",
            Outcome.NOT_STARTED,
            "stopped after too many nodes had failed",
            0)
        .hook(TELL, null, OptionalInt.of(1), 0, 100)
        .end(0, 1, RunResult.End.FINISHED);
    assertThat(console.text())
        .endsWith(
            """
            web1.example.com      unreachable  1.5s  connection refused by web1.example.com:22
            web2.example.com      not-started        stopped after too many nodes had failed
            database.example.com  not-started        stopped after too many nodes had failed

            Stopped early: 1 node failed or unreachable, so 2 more were not started (rule 6); --keep-going goes on
            Turned green: the run's own code was 1; its global post hooks made that 0 (rule 8)
            Run 20261122-101512-3f9a: 1 unreachable, 2 not-started in 1.6s; exit 0
            Unreachable: none of its hooks ran; "ssh web1.example.com" shows whether it answers now
            Next: mend the cause above, then fix node:all
            """);
  }

  @Test
  void aRunThatAPostHookTurnedRedSaysWhich() {
    var console = new Captured(Terminal.PLAIN);
    ScriptedRun run =
        new ScriptedRun(console)
            .start(ID, Plans.of(List.of(), List.of(TELL), Plans.node("db1", List.of(), List.of())));
    deployed(run, "db1")
        .hook(TELL, null, OptionalInt.of(0), 7, 100, "no answer from chat")
        .end(7, 0, RunResult.End.FINISHED);
    assertThat(console.text())
        .endsWith(
            """
            db1  deployed  8.3s

            Hook tell failed after 0.1s: exit 7 (global_postdeployhook)
              what tell is for
              | no answer from chat
              run it again: fix hooks run tell --type global_postdeployhook --run 20261122-101512-3f9a --rc 0

            Turned red: the run's own code was 0; hook tell made that 7 (rule 8)
            Run 20261122-101512-3f9a: 1 deployed in 8.4s; exit 7
            Next: the nodes are done; mend the hook above and run it again
            """);
  }

  /** What is printed to be typed next keeps the kitchen, and every option of the run. */
  @Test
  void commandsToTypeNextAreWhole() {
    String fix = "fix --kitchen '../my kitchen'";
    var console = new Captured(Terminal.PLAIN, fix);
    partlySkipped(new ScriptedRun(console));
    assertThat(console.text())
        .contains(
            "\n  run it again: "
                + fix
                + " hooks run drain --type node_predeployhook --node web2.example.com\n")
        .endsWith("\nNext: mend the cause above, then " + fix + " node:web2.example.com\n");
    assertThat(nextAfterPartOf("--no-hooks -c 2 node:all", Work.Converge.of(Work.Manner.USUAL)))
        .isEqualTo("Next: mend the cause above, then fix --no-hooks -c 2 node:all");
    assertThat(
            nextAfterPartOf(
                "wrap node:all -- true '{node}'",
                new Work.CommandPerNode(List.of("true", "{node}"))))
        .isEqualTo("Next: mend the cause above, then fix wrap node:all -- true '{node}'");
  }

  private static String nextAfterPartOf(String command, Work work) {
    var console = new Captured(Terminal.PLAIN);
    RunPlan base = threeNodes();
    var plan =
        new RunPlan(
            command,
            base.phase(),
            work,
            base.limits(),
            List.of(),
            base.nodes(),
            List.of(),
            List.of(),
            List.of());
    deployed(new ScriptedRun(console).start(ID, plan), "web1.example.com")
        .nodeEnds("web2.example.com", Outcome.FAILED, "deploy failed (exit 1)", 100)
        .nodeEnds("database.example.com", Outcome.NOT_STARTED, "stopped", 0)
        .end(1, 1, RunResult.End.FINISHED);
    return console.text().lines().toList().getLast();
  }

  @Test
  void aRefusedRun() {
    var console = new Captured(Terminal.PLAIN);
    ScriptedRun run =
        new ScriptedRun(console)
            .start(ID, threeNodes())
            .hook(NOTICE, null, OptionalInt.empty(), 1, 100, "change freeze");
    for (String node : threeNodes().fqdns()) {
      run.nodeEnds(node, Outcome.NOT_STARTED, "a global pre hook failed", 0);
    }
    run.end(3, 3, RunResult.End.REFUSED);
    assertThat(console.text())
        .endsWith(
            """
            Refused: hook notice failed, so no node was touched (rule 1)
            Run 20261122-101512-3f9a: 3 not-started in 0.1s; exit 3
            Next: mend the cause above, then fix node:all
            """);
  }

  @Test
  void anInterruptedRun() {
    var console = new Captured(Terminal.PLAIN);
    var stopped =
        new ProcessResult(143, ProcessResult.End.STOPPED, "stopped", Duration.ofMillis(200));
    RunEvent.HookRun[] drain = new RunEvent.HookRun[1];
    ScriptedRun run = new ScriptedRun(console).start(ID, threeNodes());
    deployed(run, "web1.example.com")
        .nodeStarts("web2.example.com")
        .connects("web2.example.com", 80);
    drain[0] = run.hookStarts(DRAIN, "web2.example.com", OptionalInt.empty(), List.of("/drain"));
    run.signal(StopSignal.SIGINT, false)
        .signal(StopSignal.SIGINT, true)
        .after(200)
        .hookEnds(drain[0], List.of("/drain"), stopped, List.of())
        .nodeEnds("web2.example.com", Outcome.INTERRUPTED, "the run was interrupted", 280)
        .nodeEnds("database.example.com", Outcome.NOT_STARTED, "the run was interrupted", 0)
        .end(130, 130, RunResult.End.INTERRUPTED);
    assertThat(console.text())
        .contains(
            """
            web2.example.com [drain] started
            SIGINT: what is running is told to end, no further node is started; once more kills
            SIGINT again: what is still running is killed
            web2.example.com [drain] failed in 0.2s (exit 143, stopped)
            web2.example.com interrupted in 0.3s: the run was interrupted
            """)
        .endsWith(
            """
            Interrupted by SIGINT; a second signal killed what was still running
            Run 20261122-101512-3f9a: 1 deployed, 1 interrupted, 1 not-started in 8.5s; exit 130
            Next: go on with fix node:web2.example.com,database.example.com
            """);
  }

  @Test
  void aCommandThatIsRunOnce() {
    var console = new Captured(Terminal.PLAIN);
    RunPlan plain = Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of()));
    var plan =
        new RunPlan(
            "wrap node:db1 --phase promote -- promote.sh '{nodes}'",
            "promote",
            new Work.CommandOnce(List.of("promote.sh", "{nodes}")),
            plain.limits(),
            List.of(),
            plain.nodes(),
            List.of(Plans.facts("ghost", "staging")),
            List.of(),
            List.of());
    new ScriptedRun(console)
        .start(ID, plan)
        .commandStarts("promote.sh", "a b")
        .commandSays("promoting")
        .after(1_500)
        .commandEnds(3, "", 1_500, "promoting")
        .nodeEnds("db1", Outcome.FAILED, "command failed (exit 3)", 0)
        .end(3, 3, RunResult.End.FINISHED);
    assertThat(console.text())
        .isEqualTo(
            """
            Run 20261122-101512-3f9a: 1 node (db1), 0 hooks, one command for all · environment staging · phase promote · 1 dummy node left out
            command started: promote.sh 'a b'
            command | promoting
            command failed in 1.5s (exit 3)

            db1    failed  command failed (exit 3)
            ghost  dummy

            Command failed after 1.5s: exit 3
              promote.sh 'a b'
              | promoting

            Run 20261122-101512-3f9a: 1 failed in 1.5s; exit 3
            Next: mend the cause above, then fix wrap node:db1 --phase promote -- promote.sh '{nodes}'
            """);
  }

  @Test
  void ofManyNodesOnlyThoseThatMatterAreListed() {
    var console = new Captured(Terminal.PLAIN);
    List<PlannedNode> nodes =
        IntStream.range(0, 60)
            .mapToObj(i -> Plans.node("web%02d.example.com".formatted(i), List.of(), List.of()))
            .toList();
    ScriptedRun run =
        new ScriptedRun(console)
            .start(ID, Plans.of(List.of(), List.of(), nodes.toArray(PlannedNode[]::new)));
    for (int i = 0; i < 40; i++) {
      deployed(run, nodes.get(i).fqdn());
    }
    run.nodeStarts("web40.example.com")
        .connects("web40.example.com", 80)
        .deployStarts("web40.example.com")
        .deployEnds("web40.example.com", 127, "chef-solo is missing on the node", 0)
        .nodeEnds("web40.example.com", Outcome.FAILED, "deploy failed (exit 127)", 80);
    for (int i = 41; i < 60; i++) {
      run.nodeEnds(
          nodes.get(i).fqdn(), Outcome.NOT_STARTED, "stopped after too many nodes had failed", 0);
    }
    run.end(1, 1, RunResult.End.FINISHED);
    assertThat(console.text())
        .endsWith(
            """

            web40.example.com  failed  0.1s  deploy failed (exit 127): chef-solo is missing on the node
            Not listed: 40 deployed, 19 not-started

            Deploy failed on web40.example.com after 0.0s: exit 127, chef-solo is missing on the node

            Stopped early: 1 node failed or unreachable, so 19 more were not started (rule 6); --keep-going goes on
            Run 20261122-101512-3f9a: 40 deployed, 1 failed, 19 not-started in 5m30s; exit 1
            Next: mend the cause above, then fix node:all
            """);
  }

  @Test
  void textFromNodesCannotDriveTheTerminal() {
    var console = new Captured(new Terminal(true, 80, true, true));
    ScriptedRun run =
        new ScriptedRun(console)
            .start(ID, Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of())))
            .nodeStarts("db1")
            .deployStarts("db1")
            .deploySays("db1", "\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b[0m 10%\r20%\u0007")
            .deployEnds("db1", 1, "de\u001b[2Jtail", 0, "ta\u001b[2Jil")
            .nodeEnds("db1", Outcome.FAILED, "be\u0008cause", 0);
    run.end(1, 1, RunResult.End.FINISHED);
    String screen = new VirtualScreen(80).feed(console.text()).text();
    assertThat(screen)
        .contains("db1 | red 10% 20%\uFFFD", "(exit 1, detail)", "  | tail", "be\uFFFDcause");
  }

  @Test
  void theStatusLineFollowsTheRunAndLeavesNothingBehind() {
    var console = new Captured(new Terminal(true, 72, false, true));
    var run = new ScriptedRun(console);
    var statuses = new ArrayList<String>();
    Runnable look = () -> statuses.add(new VirtualScreen(72).feed(console.text()).lastRow());
    run.start(ID, with(threeNodes(), new Limits(2, 0), List.of()));
    look.run();
    RunEvent.HookRun notice = run.hookStarts(NOTICE, null, OptionalInt.empty(), List.of("/notice"));
    console.second();
    look.run();
    run.after(1_000)
        .hookEnds(
            notice,
            List.of("/notice"),
            new ProcessResult(0, ProcessResult.End.EXITED, "", Duration.ofSeconds(1)),
            List.of());
    run.nodeStarts("web1.example.com").nodeStarts("web2.example.com");
    look.run();
    run.after(64_000).nodeEnds("web2.example.com", Outcome.UNREACHABLE, "no route", 64_000);
    look.run();
    run.nodeEnds("web1.example.com", Outcome.DEPLOYED, "", 64_000)
        .signal(StopSignal.SIGTERM, false);
    look.run();
    assertThat(console.ticks()).isTrue();
    run.nodeEnds("database.example.com", Outcome.NOT_STARTED, "the run was interrupted", 0)
        .end(143, 143, RunResult.End.INTERRUPTED);

    assertThat(statuses)
        .containsExactly(
            "0 done · 3 left · 00:00",
            "0 done · 3 left · [notice] · 00:01",
            "0 done · 2 running (web1, web2) · 1 left · 00:01",
            "1 done · 1 running (web1) · 1 left · 1 unreachable · 01:05",
            "stopping · 2 done · 1 left · 1 unreachable · 01:05");
    assertThat(console.ticks()).isFalse();
    assertThat(new VirtualScreen(72).feed(console.text()).lastRow()).isEmpty();
  }

  @Test
  void aDividedRunTellsWhichBatchItIsIn() {
    var console = new Captured(Terminal.PLAIN);
    var limits = new Limits(2, 0, new Batches(List.of(1, 3)));
    var run = new ScriptedRun(console);
    run.start(ID, with(threeNodes(), limits, List.of())).batchStarts(1, 2, 1);
    deployed(run, "web1.example.com");
    run.batchStarts(2, 2, 2)
        .nodeStarts("web2.example.com")
        .nodeEnds("web2.example.com", Outcome.UNREACHABLE, "no route", 10)
        .nodeEnds("database.example.com", Outcome.NOT_STARTED, "stopped", 0)
        .end(1, 1, RunResult.End.FINISHED);

    assertThat(console.text())
        .contains(
            "up to 2 at a time, in 2 batches of 1, 2 nodes",
            "\nbatch 1 of 2: 1 node\nweb1.example.com connecting\n",
            "\nbatch 2 of 2: 2 nodes\nweb2.example.com connecting\n",
            "Stopped early: 1 node failed or unreachable by batch 2 of 2, so 1 more was not started");
    var terminal = new Captured(new Terminal(true, 72, false, true));
    new ScriptedRun(terminal)
        .start(ID, with(threeNodes(), limits, List.of()))
        .batchStarts(1, 2, 1)
        .nodeStarts("web1.example.com");
    assertThat(new VirtualScreen(72).feed(terminal.text()).lastRow())
        .isEqualTo("batch 1 of 2 · 0 done · 1 running (web1) · 2 left · 00:00");
  }

  /** On a terminal the lines are the same as in a file: the status line has left no trace. */
  @Test
  void aTerminalShowsTheSameLines() {
    var plain = new Captured(Terminal.PLAIN);
    partlySkipped(new ScriptedRun(plain));
    for (int columns : List.of(200, 20, 3, 1)) {
      var terminal = new Captured(new Terminal(true, columns, true, true));
      ScriptedRun run =
          new ScriptedRun(event -> {
            terminal.on(event);
            terminal.second();
          });
      partlySkipped(run);
      String wide = new VirtualScreen(1_000).feed(terminal.text()).text();
      assertThat(wide).isEqualTo(plain.text());
    }
  }

  @Test
  void theStatusLineNeverWraps() {
    for (int columns = 1; columns < 60; columns++) {
      var console = new Captured(new Terminal(true, columns, false, columns % 2 == 0));
      var run = new ScriptedRun(console);
      run.start(ID, threeNodes());
      int before = new VirtualScreen(columns).feed(console.text()).text().split("\n", -1).length;
      console.second();
      console.second();
      String screen = new VirtualScreen(columns).feed(console.text()).text();
      assertThat(screen.split("\n", -1)).as("at %d columns", columns).hasSize(before);
      assertThat(screen.substring(screen.lastIndexOf('\n') + 1))
          .hasSizeLessThan(Math.max(2, columns));
    }
  }

  @Test
  void coloursAndAsciiAreAsTheTerminalSays() {
    var colour = new Captured(new Terminal(false, 80, true, false));
    partlySkipped(new ScriptedRun(colour));
    assertThat(colour.text())
        .contains("one at a time - environment staging")
        .contains("\u001b[32mdeployed\u001b[0m  1m02s")
        .contains("exit 5\u001b[0m")
        .matches(text -> text.chars().allMatch(c -> c < 128), "only ASCII");
    var none = new Captured(new Terminal(true, 80, false, true));
    partlySkipped(new ScriptedRun(none));
    assertThat(none.text().replace("\r\u001b[K", "")).doesNotContain("\u001b");
  }

  @Test
  void aWarningStandsOnALineOfItsOwn() {
    var console = new Captured(new Terminal(true, 80, false, true));
    new ScriptedRun(console).start(ID, threeNodes());
    console.report.warn("the disk is full");
    assertThat(new VirtualScreen(80).feed(console.text()).text())
        .endsWith("\nwarning: the disk is full\n0 done · 3 left · 00:00");
    console.report.close();
    assertThat(new VirtualScreen(80).feed(console.text()).text())
        .endsWith("\nwarning: the disk is full\n");
    assertThat(console.ticks()).isFalse();
  }
}
