package dev.kitchenhooks.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that cannot be used, or not any more: what a person is told, and what goes on. */
class BadHistoryTest {
  private static final String ID = "20261122-101512-3f9a";

  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  private Path file() {
    return directory.resolve("history.db");
  }

  private static FixException refused(Path file) {
    FixException e =
        assertThatExceptionOfType(FixException.class)
            .isThrownBy(() -> {
              try (RunHistory history = RunHistory.open(file)) {
                SampleRun.tell(new AuditTrail(history, warning -> {}), ID);
              }
            })
            .actual();
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    return e;
  }

  private static void execute(RunHistory history, String sql) throws SQLException {
    history
        .database()
        .single(() -> {
          history.database().execute(sql);
          return sql;
        });
  }

  @Test
  void oneOfANewerVersionSaysSoAndStaysAsItIs() throws Exception {
    int newer = Migrations.SCRIPTS.size() + 1;
    try (RunHistory history = RunHistory.open(file())) {
      execute(history, "UPDATE schema_version SET version = " + newer);
      execute(history, "CREATE TABLE future (x)");
    }
    byte[] before = Files.readAllBytes(file());
    FixException e = refused(file());
    assertThat(e.message())
        .isEqualTo(
            "the history %s was written by a newer fix (its tables are version %d, this fix knows %d)"
                .formatted(file(), newer, Migrations.SCRIPTS.size()));
    assertThat(e.hint())
        .isEqualTo("use the newer fix; or move the file away, and this one starts a new history");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void oneThatIsNoDatabase() throws IOException {
    Files.writeString(file(), "this is no database, but long enough to have a header".repeat(10));
    FixException e = refused(file());
    assertThat(e.message())
        .isEqualTo(
            "cannot open the history %s: File opened that is not a database file (file is not a database)"
                .formatted(file()));
    assertThat(e.hint())
        .isEqualTo(
            "the file is damaged: move it away with its -wal and -shm files, and the next run starts a new one; \"sqlite3 %s .recover\" saves what it can"
                .formatted(file()));
  }

  @Test
  void oneWhosePagesAreDamaged() throws IOException {
    try (RunHistory history = RunHistory.open(file())) {
      SampleRun.tell(new AuditTrail(history, warnings::add), ID);
    }
    try (var raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.seek(4096);
      raw.write(new byte[(int) raw.length() - 4096]);
    }
    FixException e = refused(file());
    assertThat(e.message()).contains("the history " + file()).contains("malformed");
    assertThat(e.hint()).startsWith("the file is damaged: move it away");
  }

  @Test
  void oneInADirectoryThatIsAFile() throws IOException {
    Path notADirectory = Files.writeString(directory.resolve("file"), "");
    FixException e = refused(notADirectory.resolve("history.db"));
    assertThat(e.message()).startsWith("cannot open the history " + notADirectory);
  }

  @Test
  void oneThatIsADirectory() throws IOException {
    Files.createDirectory(file());
    FixException e = refused(file());
    assertThat(e.message())
        .isEqualTo(
            "cannot open the history %s: Unable to open the database file (unable to open database file)"
                .formatted(file()));
    assertThat(e.hint())
        .isEqualTo(
            "a run is only started if it can be recorded: make the file and its directory writable for you");
  }

  @Test
  void oneInADirectoryThatCannotBeWritten() throws IOException {
    Path readOnly = Files.createDirectory(directory.resolve("read-only"));
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(readOnly))
        .as("root may write anywhere; this needs an ordinary user")
        .isFalse();
    FixException e = refused(readOnly.resolve("history.db"));
    assertThat(e.message())
        .isEqualTo(
            "cannot open the history %s: permission denied"
                .formatted(readOnly.resolve("history.db")));
    assertThat(e.hint())
        .isEqualTo(
            "a run is only started if it can be recorded: make the directory writable for you");
  }

  @Test
  void aFullDiskAtTheStartRefusesTheRun() throws SQLException {
    try (RunHistory history = RunHistory.open(file())) {
      fill(history);
      assertThatExceptionOfType(FixException.class)
          .isThrownBy(
              () -> new ScriptedRun(new AuditTrail(history, warnings::add)).start(ID, bigPlan()))
          .satisfies(e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
            assertThat(e.message())
                .startsWith("cannot write to the history " + file())
                .contains("full");
            assertThat(e.hint()).isEqualTo("free some disk space, then try again");
          });
      assertThat(history.lastRun()).as("nothing half recorded").isEmpty();
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFullDiskInMidRunIsWarnedOfOnceAndTheRecordSaysSo() throws SQLException {
    try (RunHistory history = RunHistory.open(file())) {
      ScriptedRun run =
          new ScriptedRun(new AuditTrail(history, warnings::add))
              .start(ID, SampleRun.plan())
              .nodeStarts("web1.example.com");
      fill(history);
      String longLine = "x".repeat(50_000);
      run.hook(SampleRun.DRAIN, "web1.example.com", OptionalInt.empty(), 1, 5, longLine)
          .deployEnds("web1.example.com", 1, "", 5, longLine);
      execute(history, "PRAGMA max_page_count = 1000000");
      run.hook(SampleRun.CHECK, "web1.example.com", OptionalInt.of(1), 0, 5, longLine)
          .nodeEnds("web1.example.com", Outcome.FAILED, "deploy failed (exit 1)", 15)
          .end(1, 1, RunResult.End.FINISHED);

      StoredRun stored = history.run(ID);
      assertThat(stored.lostEvents()).isEqualTo(2);
      assertThat(stored.nodes().getFirst().deploy()).isEmpty();
      assertThat(stored.hooks().getFirst().end()).isEmpty();
      assertThat(stored.hooks().getLast().end().orElseThrow().tail()).containsExactly(longLine);
      assertThat(stored.nodes().getFirst().end().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
      assertThat(stored.summary().state()).isEqualTo(RunSummary.State.ENDED);
    }
    assertThat(warnings)
        .singleElement()
        .satisfies(warning ->
            assertThat(warning)
                .startsWith("the history " + file() + " cannot be written: ")
                .contains("full")
                .endsWith(
                    "The run goes on, but its record is incomplete; \"fix status\" will say so."));
  }

  @Test
  void oneThatAnotherProgramHoldsDelaysARunOnlyOnce() throws SQLException {
    try (RunHistory history = RunHistory.open(file());
        RunHistory other = RunHistory.open(file())) {
      var trail = new AuditTrail(history, warnings::add);
      history.database().becomeImpatient();
      ScriptedRun run = new ScriptedRun(trail).start(ID, SampleRun.plan());
      execute(other, "BEGIN IMMEDIATE");
      run.nodeStarts("web1.example.com").connects("web1.example.com", 5);
      execute(other, "COMMIT");
      run.nodeStarts("web2.example.com");
      assertThat(warnings).singleElement().asString().contains("locked");
      assertThat(history.run(ID).nodes())
          .extracting(node -> node.startedAt().isPresent())
          .containsExactly(false, true, false, false);
    }
  }

  private static RunPlan bigPlan() {
    PlannedNode[] nodes =
        IntStream.range(0, 500)
            .mapToObj(i -> Plans.node("n" + i, List.of(), List.of()))
            .toArray(PlannedNode[]::new);
    return Plans.of(List.of(), List.of(), nodes);
  }

  /** No page more than there are, as on a full disk: SQLite's own way to get SQLITE_FULL. */
  private static void fill(RunHistory history) throws SQLException {
    execute(history, "CREATE TABLE IF NOT EXISTS filler (x)");
    execute(history, "PRAGMA max_page_count = 1");
    try {
      while (true) {
        execute(history, "INSERT INTO filler VALUES (zeroblob(500))");
      }
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("full");
    }
  }

  @Test
  void everyScriptIsListed() throws Exception {
    var folder = Objects.requireNonNull(Migrations.class.getResource("001-runs.sql"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()).getParent())) {
      assertThat(
              files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".sql")).sorted())
          .containsExactlyElementsOf(Migrations.SCRIPTS);
    }
  }
}
