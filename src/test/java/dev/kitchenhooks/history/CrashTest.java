package dev.kitchenhooks.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.run.RunEvent;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, killed at any moment or writing at once. */
@Timeout(120)
class CrashTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void killNineLosesNothingThatWasReported(long seed) throws Exception {
    Path file = directory.resolve("history.db");
    var all = new ArrayList<RunEvent>();
    RunWriterProcess.record(all::add, "r0");
    int killAt = 1 + new Random(seed).nextInt(all.size() - 1);

    int reported = reportedUntilKilled(RunWriterProcess.start(file, "r", 1), killAt);
    assertThat(reported).isGreaterThanOrEqualTo(killAt);

    try (RunHistory history = RunHistory.open(file)) {
      assertThat(integrity(history)).isEqualTo("ok");
      StoredRun stored = history.run("r0");
      assertThat(stored.summary().state())
          .isEqualTo(
              stored.summary().ending().isPresent()
                  ? RunSummary.State.ENDED
                  : RunSummary.State.DIED);
      // Exactly what was reported, or that and the events that were not reported any more.
      List<StoredRun> possible = new ArrayList<>();
      for (int n = reported; n <= all.size(); n++) {
        possible.add(stateless(folded(all.subList(0, n)), stored));
      }
      assertThat(possible).contains(stored);
    }
    long lines = all.subList(0, reported).stream().filter(CrashTest::isOutput).count();
    assertThat(Files.readAllLines(directory.resolve("runs/r0/output.log")))
        .hasSizeGreaterThanOrEqualTo((int) lines);
  }

  /** Reads on after the kill: what the process wrote before it died was reported too. */
  private static int reportedUntilKilled(Process process, int killAt) throws Exception {
    int reported = 0;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        reported = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
        if (reported == killAt) {
          // Through the handle: Process itself would throw away what is still in the pipe.
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return reported;
  }

  private static StoredRun folded(List<RunEvent> events) {
    var fold = new RunFold();
    events.forEach(fold::on);
    return fold.run();
  }

  /** The fold knows another process, and cannot know that it died. */
  private static StoredRun stateless(StoredRun run, StoredRun stored) {
    RunSummary s = run.summary();
    return new StoredRun(
        new RunSummary(
            s.id(),
            s.command(),
            s.phase(),
            s.work(),
            s.rollsBack(),
            s.user(),
            stored.summary().pid(),
            s.startedAt(),
            stored.summary().state(),
            s.ending(),
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
        run.lostEvents());
  }

  private static boolean isOutput(RunEvent event) {
    return event instanceof RunEvent.HookOutput || event instanceof RunEvent.DeployOutput;
  }

  @Test
  void severalProcessesWriteToOneNewFileAtOnce() throws Exception {
    Path file = directory.resolve("history.db");
    int runs = 4;
    var processes = new ArrayList<Process>();
    for (String prefix : List.of("a", "b", "c")) {
      processes.add(RunWriterProcess.start(file, prefix, runs));
    }
    for (Process process : processes) {
      process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      assertThat(process.waitFor()).isZero();
    }
    try (RunHistory history = RunHistory.open(file)) {
      assertThat(integrity(history)).isEqualTo("ok");
      assertThat(history.runs(100))
          .hasSize(processes.size() * runs)
          .allSatisfy(run -> assertThat(run.tally().deployed()).isEqualTo(RunWriterProcess.NODES))
          .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunSummary.State.ENDED));
    }
  }

  private static String integrity(RunHistory history) throws SQLException {
    Database database = history.database();
    return database.single(() -> {
      try (var rows = database.prepare("PRAGMA integrity_check").executeQuery()) {
        return rows.next() ? rows.getString(1) : "no answer";
      }
    });
  }
}
