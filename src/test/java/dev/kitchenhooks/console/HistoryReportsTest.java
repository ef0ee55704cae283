package dev.kitchenhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.history.RunFold;
import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** {@code fix status} and {@code fix history}, to the letter. */
class HistoryReportsTest {
  private static final String ID = "20261122-101512-3f9a";
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final PlannedHook DRAIN =
      Plans.hook("drain", "node_predeployhook", "takes the node out", OutputMode.LIVE);
  private static final PlannedHook TELL = Plans.hook("tell", "global_postdeployhook");

  private static final long PID = 4242;

  /** A run up to the end of its only deploy. */
  private static ScriptedRun halfway(RunFold fold) {
    RunPlan base =
        Plans.of(
            List.of(),
            List.of(TELL),
            Plans.node("web1.example.com", List.of(DRAIN), List.of()),
            Plans.node("web2.example.com", List.of(DRAIN), List.of()));
    var plan =
        new RunPlan(
            "nodes_with_role:web",
            base.phase(),
            base.work(),
            base.limits(),
            List.of(),
            base.nodes(),
            List.of(),
            base.globalPost(),
            List.of(
                new SkippedHook(
                    Plans.hook("slow", "node_postdeployhook"), "--skip-hooks tag:slow")));
    var run = new ScriptedRun(fold);
    fold.on(new RunEvent.RunStarted(run.now(), ID, plan, "ada", PID));
    return run.nodeStarts("web1.example.com")
        .connects("web1.example.com", 85)
        .hook(DRAIN, "web1.example.com", OptionalInt.empty(), 0, 300, "draining")
        .deployStarts("web1.example.com")
        .after(2_000)
        .deployEnds("web1.example.com", 1, "no space left", 2_000, "FATAL: no space left");
  }

  private static StoredRun failed() {
    var fold = new RunFold();
    halfway(fold)
        .signal(StopSignal.SIGTERM, false)
        .nodeEnds("web1.example.com", Outcome.FAILED, "deploy failed (exit 1)", 2_385)
        .nodeEnds("web2.example.com", Outcome.NOT_STARTED, "the run was interrupted", 0)
        .hook(TELL, null, OptionalInt.of(143), 1, 40, "no chat")
        .end(143, 143, RunResult.End.INTERRUPTED);
    return fold.run();
  }

  private static StoredRun in(RunSummary.State state, int lostEvents) {
    var fold = new RunFold();
    halfway(fold).hookStarts(DRAIN, "web1.example.com", OptionalInt.empty(), List.of("/drain"));
    StoredRun run = fold.run();
    RunSummary s = run.summary();
    return new StoredRun(
        new RunSummary(
            s.id(),
            s.command(),
            s.phase(),
            s.work(),
            s.rollsBack(),
            s.user(),
            s.pid(),
            s.startedAt(),
            state,
            Optional.empty(),
            s.planned(),
            s.tally()),
        run.nodes(),
        run.apps(),
        run.hooks(),
        run.skipped(),
        run.command(),
        run.request(),
        run.batches(),
        run.stops(),
        lostEvents);
  }

  @Test
  void statusShowsAllThatIsRecorded() {
    assertThat(StatusReport.text(failed(), "fix", Terminal.PLAIN, ZONE))
        .isEqualTo(
            """
            Run 20261122-101512-3f9a: nodes_with_role:web
            Started 2026-11-22 11:15:12 by ada (pid 4242)
            Left out by --skip-hooks tag:slow: slow (node_postdeployhook)

            Hooks
              1  drain  node_predeployhook     web1.example.com  0.3s  ok
              2  tell   global_postdeployhook                    0.0s  exit 1

            web1.example.com  failed       2.4s  deploy failed (exit 1): no space left
            web2.example.com  not-started        the run was interrupted

            Deploy failed on web1.example.com after 2.0s: exit 1, no space left
              | FATAL: no space left

            Hook tell failed after 0.0s: exit 1 (global_postdeployhook)
              what tell is for
              | no chat
              run it again: fix hooks run tell --type global_postdeployhook --run 20261122-101512-3f9a --rc 143

            Interrupted by SIGTERM
            Run 20261122-101512-3f9a: 1 failed, 1 not-started in 2.4s; exit 143
            Next: go on with fix nodes_with_role:web
            """);
  }

  @Test
  void statusOfARunWhoseProcessDied() {
    assertThat(StatusReport.text(in(RunSummary.State.DIED, 2), "fix", Terminal.PLAIN, ZONE))
        .endsWith(
            """
            Hooks
              1  drain  node_predeployhook  web1.example.com  0.3s  ok
              2  drain  node_predeployhook  web1.example.com        unfinished

            web1.example.com  unfinished
            web2.example.com  -

            Deploy failed on web1.example.com after 2.0s: exit 1, no space left
              | FATAL: no space left

            Died: its process (pid 4242) ended before the run did; what had begun may be half done
            Incomplete: 2 events could not be written to the history
            Run 20261122-101512-3f9a: nothing finished; died
            Next: go on with fix nodes_with_role:web
            """);
  }

  @Test
  void statusOfARunThatGoesOn() {
    assertThat(StatusReport.text(in(RunSummary.State.RUNNING, 0), "fix", Terminal.PLAIN, ZONE))
        .contains("web1.example.com        running\n")
        .endsWith("Run 20261122-101512-3f9a: nothing finished so far; still running\n");
  }

  @Test
  void historyIsATable() {
    var fold = new RunFold();
    new ScriptedRun(fold)
        .start(
            "20261121-080000-00ff",
            Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of())))
        .after(3_700_000)
        .nodeEnds("db1", Outcome.DEPLOYED, "", 3_700_000)
        .end(0, 0, RunResult.End.FINISHED);
    List<RunSummary> runs =
        List.of(
            in(RunSummary.State.RUNNING, 0).summary(),
            failed().summary(),
            in(RunSummary.State.DIED, 0).summary(),
            fold.run().summary());
    assertThat(HistoryReport.text(runs, Terminal.PLAIN, ZONE))
        .isEqualTo(
            """
            RUN                   WHEN              DEPLOYED     EXIT   TOOK  WHO  COMMAND
            20261122-101512-3f9a  2026-11-22 11:15       0/2  running         ada  nodes_with_role:web
            20261122-101512-3f9a  2026-11-22 11:15       0/2      143   2.4s  ada  nodes_with_role:web
            20261122-101512-3f9a  2026-11-22 11:15       0/2     died         ada  nodes_with_role:web
            20261121-080000-00ff  2026-11-22 11:15       1/1        0  1h02m  ada  node:all
            """);
  }

  @Test
  void bothHaveTheirExactJsonInTheDocumentation() throws IOException {
    List<String> documented = Files.readAllLines(Path.of("docs/json-output.md"));
    assertThat(documented)
        .contains(StatusReport.json(failed()), HistoryReport.json(List.of(failed().summary())));
    assertThat(HistoryReport.json(List.of())).isEqualTo("[]");
  }
}
