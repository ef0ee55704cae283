package dev.kitchenhooks.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  private static final String ID = "20261122-101512-3f9a";

  @TempDir Path directory;
  private Path file;
  private final List<String> warnings = new ArrayList<>();
  @AutoClose private RunHistory history;

  @BeforeEach
  void open() {
    file = directory.resolve("a kitchen? 100% #1/.fix/history.db");
    history = RunHistory.open(file);
  }

  private AuditTrail trail() {
    return new AuditTrail(history, warnings::add);
  }

  @Test
  void returnsExactlyWhatTheEventsSaid() {
    var fold = new RunFold();
    AuditTrail trail = trail();
    SampleRun.tell(both(trail, fold), ID);

    assertThat(history.run(ID)).isEqualTo(fold.run());
    assertThat(history.lastRun()).contains(fold.run());
    assertThat(history.runs(10)).containsExactly(fold.run().summary());
    assertThat(warnings).isEmpty();
  }

  /** Not only at the end: after each event the file holds all that was told so far. */
  @Test
  void isUpToDateAfterEveryEvent() {
    var fold = new RunFold();
    AuditTrail trail = trail();
    try (RunHistory other = RunHistory.open(file)) {
      SampleRun.tell(
          event -> {
            trail.on(event);
            fold.on(event);
            assertThat(other.run(ID)).as("after %s", event).isEqualTo(fold.run());
          },
          ID);
    }
  }

  @Test
  void recordsTheCommandThatIsRunOnceARun() {
    RunPlan plain = Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of()));
    var plan =
        new RunPlan(
            "node:db1",
            "promote",
            new Work.CommandOnce(List.of("promote.sh", "{nodes}")),
            plain.limits(),
            List.of(),
            plain.nodes(),
            List.of(),
            List.of(),
            List.of());
    var fold = new RunFold();
    new ScriptedRun(both(trail(), fold))
        .start(ID, plan)
        .commandStarts("promote.sh", "db1")
        .commandSays("promoting")
        .after(1_500)
        .commandEnds(3, "no primary", 1_500, "promoting")
        .end(0, 3, RunResult.End.FINISHED);

    StoredRun stored = history.run(ID);
    assertThat(stored).isEqualTo(fold.run());
    assertThat(stored.command().orElseThrow().end().orElseThrow().exitCode()).isEqualTo(3);
    assertThat(stored.summary().work()).isEqualTo(WorkKind.COMMAND_ONCE);
    assertThat(stored.summary().ending().orElseThrow().turnedGreen()).isTrue();
  }

  @Test
  void keepsTheFileToItsOwner() throws Exception {
    SampleRun.tell(trail(), ID);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    Path log = file.resolveSibling("history.db-wal");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
  }

  @Test
  void tellsARunThatGoesOnFromOneWhoseProcessDied() throws Exception {
    RunPlan plan = Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of()));
    new ScriptedRun(trail()).start("running", plan);
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    trail().on(new RunEvent.RunStarted(Instant.now(), "gone", plan, "ada", process.pid()));
    // A pid that is alive, but is another process by now.
    trail()
        .on(
            new RunEvent.RunStarted(
                Instant.now(), "reused", plan, "ada", ProcessHandle.current().pid()));
    history
        .database()
        .single(() -> {
          history
              .database()
              .execute("UPDATE runs SET process_start = process_start - 60000 WHERE id='reused'");
          return 0;
        });

    assertThat(history.run("running").summary().state()).isEqualTo(RunSummary.State.RUNNING);
    assertThat(history.run("gone").summary().state()).isEqualTo(RunSummary.State.DIED);
    assertThat(history.run("reused").summary().state()).isEqualTo(RunSummary.State.DIED);
  }

  @Test
  void findsARunByItsFirstCharacters() {
    for (String id :
        List.of("20261122-101512-3f9a", "20261122-101512-41bb", "20261123-000000-aaaa")) {
      new ScriptedRun(trail()).start(id, Plans.of(List.of(), List.of()));
    }
    assertThat(history.run("20261123").summary().id()).isEqualTo("20261123-000000-aaaa");
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> history.run("20261122"))
        .withMessage("more than one run begins with \"20261122\"")
        .satisfies(e ->
            assertThat(e.hint())
                .isEqualTo("give more of it: 20261122-101512-41bb, 20261122-101512-3f9a"));
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> history.run("%"))
        .withMessage("no run \"%\" is recorded")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID));
    assertThatExceptionOfType(FixException.class).isThrownBy(() -> history.run(""));
  }

  @Test
  void keepsTheLastThousandRunsAndRemovesWhatTheOthersLeft() throws Exception {
    RunPlan plan = Plans.of(List.of(), List.of(), Plans.node("db1", List.of(), List.of()));
    Path runs = file.resolveSibling("runs");
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    for (int i = 0; i < Retention.KEPT_RUNS + 2; i++) {
      String id = "r%04d".formatted(i);
      if (i < 3) {
        Path own = Files.createDirectories(runs.resolve(id + "/deeper"));
        Files.writeString(own.resolve("output.log"), "text");
        Files.createSymbolicLink(own.resolve("link"), outside);
      }
      trail().on(new RunEvent.RunStarted(ScriptedRun.START.plusSeconds(i), id, plan, "ada", 1));
    }

    List<RunSummary> kept = history.runs(5_000);
    assertThat(kept).hasSize(Retention.KEPT_RUNS);
    assertThat(kept.getFirst().id()).isEqualTo("r1001");
    assertThat(kept.getLast().id()).isEqualTo("r0002");
    assertThat(runs).isDirectoryNotContaining("glob:**r0000").isDirectoryContaining("glob:**r0002");
    assertThat(outside.resolve("kept")).exists();
    assertThat(warnings).isEmpty();
  }

  @Test
  void countsTheNodesOfARunThatGoesOn() {
    ScriptedRun run =
        new ScriptedRun(trail())
            .start(ID, SampleRun.plan())
            .nodeStarts("web1.example.com")
            .nodeEnds("web1.example.com", dev.kitchenhooks.rules.Outcome.DEPLOYED, "", 10);
    assertThat(run.events()).hasSize(3);
    RunSummary summary = history.runs(1).getFirst();
    assertThat(summary.tally()).isEqualTo(Tally.NONE.plus(dev.kitchenhooks.rules.Outcome.DEPLOYED));
    assertThat(summary.planned()).isEqualTo(3);
    assertThat(summary.ending()).isEmpty();
  }

  private static RunListener both(RunListener first, RunListener second) {
    return event -> {
      first.on(event);
      second.on(event);
    };
  }
}
