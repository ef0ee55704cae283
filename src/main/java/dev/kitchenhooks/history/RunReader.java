package dev.kitchenhooks.history;

import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.process.ProcessIdentity;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.Revisions;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows as records. Used inside one read transaction, so that what it returns fits together. */
final class RunReader {
  private final Database database;

  RunReader(Database database) {
    this.database = database;
  }

  List<RunSummary> newest(int limit) throws SQLException {
    return summaries("ORDER BY started_at DESC, rowid DESC LIMIT ?1", limit);
  }

  /** Runs whose id begins so; an exact one stands alone. */
  List<RunSummary> matching(String prefix, int limit) throws SQLException {
    List<RunSummary> exact = summaries("WHERE id = ?1", prefix);
    if (!exact.isEmpty() || prefix.isEmpty()) {
      return exact;
    }
    return summaries(
        "WHERE substr(id, 1, length(?1)) = ?1 ORDER BY started_at DESC, rowid DESC LIMIT ?2",
        prefix,
        limit);
  }

  /** The newest that deployed something, and did not only roll another one back. */
  List<RunSummary> newestDeploying() throws SQLException {
    return summaries(
        """
        WHERE work = ?1 AND EXISTS (
          SELECT 1 FROM nodes WHERE run_id = runs.id AND deploy_started_at IS NOT NULL)
        ORDER BY started_at DESC, rowid DESC LIMIT 1
        """,
        WorkKind.CONVERGE.word());
  }

  /**
   * The deploys of a run's nodes since that run, the earliest first. Runs that share a node are
   * recorded one after the other, since each holds the node's lock from before its record begins.
   */
  List<LaterDeploy> laterDeploys(RunSummary run) throws SQLException {
    return list(
        """
        SELECT n.fqdn, r.id, r.rolls_back, n.deploy_exit_code, n.revision_before, n.revision_after
        FROM runs r JOIN nodes n ON n.run_id = r.id
        WHERE r.rowid > (SELECT rowid FROM runs WHERE id = ?1) AND r.work IN (?2, ?3)
          AND n.deploy_started_at IS NOT NULL
          AND n.fqdn IN (SELECT fqdn FROM nodes WHERE run_id = ?1)
        ORDER BY r.rowid
        """,
        row ->
            new LaterDeploy(
                row.text("fqdn"),
                row.text("id"),
                row.optionalText("rolls_back"),
                row.optionalInt("deploy_exit_code"),
                revisions(row)),
        run.id(),
        WorkKind.CONVERGE.word(),
        WorkKind.ROLLBACK.word());
  }

  private List<RunSummary> summaries(String which, Object... values) throws SQLException {
    return list("SELECT * FROM runs " + which, this::summary, values);
  }

  private RunSummary summary(Row row) throws SQLException {
    String id = row.text("id");
    long pid = row.number("pid");
    Optional<RunSummary.Ending> ending = Optional.empty();
    if (row.has("end")) {
      ending =
          Optional.of(
              new RunSummary.Ending(
                  row.instant("ended_at"),
                  (int) row.number("exit_code"),
                  (int) row.number("code_before_hooks"),
                  Words.find(RunResult.End.values(), RunResult.End::word, row.text("end")),
                  row.duration("took")));
    }
    return new RunSummary(
        id,
        row.text("command"),
        row.text("phase"),
        Words.find(WorkKind.values(), WorkKind::word, row.text("work")),
        row.optionalText("rolls_back"),
        row.text("user"),
        pid,
        row.instant("started_at"),
        state(ending.isPresent(), new ProcessIdentity(pid, row.optionalLong("process_start"))),
        ending,
        (int) row.number("planned"),
        tally(id));
  }

  private static RunSummary.State state(boolean ended, ProcessIdentity process) {
    if (ended) {
      return RunSummary.State.ENDED;
    }
    return process.isAlive() ? RunSummary.State.RUNNING : RunSummary.State.DIED;
  }

  private Tally tally(String id) throws SQLException {
    record Count(Outcome outcome, int nodes) {}
    Tally tally = Tally.NONE;
    for (Count count :
        list(
            "SELECT outcome, count(*) AS nodes FROM nodes"
                + " WHERE run_id = ? AND outcome IS NOT NULL GROUP BY outcome",
            row -> new Count(outcome(row), (int) row.number("nodes")),
            id)) {
      for (int i = 0; i < count.nodes(); i++) {
        tally = tally.plus(count.outcome());
      }
    }
    return tally;
  }

  StoredRun details(RunSummary summary) throws SQLException {
    String id = summary.id();
    return new StoredRun(
        summary,
        list("SELECT * FROM nodes WHERE run_id = ? ORDER BY position", RunReader::node, id),
        list("SELECT * FROM apps WHERE run_id = ? ORDER BY rowid", AppRows::read, id),
        list("SELECT * FROM hooks WHERE run_id = ? ORDER BY number", RunReader::hook, id),
        list(
            "SELECT * FROM skipped_hooks WHERE run_id = ? ORDER BY position",
            row -> new StoredRun.StoredSkip(row.text("name"), row.text("type"), row.text("reason")),
            id),
        list("SELECT * FROM commands WHERE run_id = ?", RunReader::command, id).stream()
            .findFirst(),
        list("SELECT * FROM runs WHERE id = ?", RunReader::request, id).getFirst(),
        list("SELECT batches FROM runs WHERE id = ?", RunReader::batches, id).getFirst(),
        list("SELECT * FROM stops WHERE run_id = ? ORDER BY position", RunReader::stop, id),
        list("SELECT lost_events FROM runs WHERE id = ?", row -> row.number("lost_events"), id)
            .getFirst()
            .intValue());
  }

  private static Optional<StoredRequest> request(Row row) throws SQLException {
    if (!row.has("request")) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredRequest(
            row.list("request"),
            Path.of(row.text("directory")),
            row.has("repeats") ? Optional.of(row.text("repeats")) : Optional.empty()));
  }

  private static Batches batches(Row row) throws SQLException {
    var ends = new ArrayList<Integer>();
    int end = 0;
    for (String size : row.list("batches")) {
      end += Integer.parseInt(size);
      ends.add(end);
    }
    return new Batches(ends);
  }

  private static StoredNode node(Row row) throws SQLException {
    Optional<WorkEnd> deploy = Optional.empty();
    if (row.has("deploy_exit_code")) {
      deploy = Optional.of(workEnd(row, "deploy_", revisions(row)));
    }
    Optional<StoredNode.End> end = Optional.empty();
    if (row.has("outcome")) {
      end = Optional.of(new StoredNode.End(outcome(row), row.text("reason"), row.duration("took")));
    }
    return new StoredNode(
        row.text("fqdn"),
        row.text("environment"),
        row.has("started_at") ? Optional.of(row.instant("started_at")) : Optional.empty(),
        row.has("connect_took") ? Optional.of(row.duration("connect_took")) : Optional.empty(),
        deploy,
        end);
  }

  /** Of each application of each node what was done with it last. */
  List<LatestApp> latestApps() throws SQLException {
    return list(AppRows.LATEST, AppRows::latest);
  }

  private static StoredHook hook(Row row) throws SQLException {
    Optional<StoredHook.End> end = Optional.empty();
    if (row.has("end")) {
      var result =
          new ProcessResult(
              (int) row.number("exit_code"),
              Words.find(ProcessResult.End.values(), ProcessResult.End::word, row.text("end")),
              row.text("detail"),
              row.duration("took"));
      end = Optional.of(new StoredHook.End(result, row.list("tail")));
    }
    return new StoredHook(
        (int) row.number("number"),
        row.text("name"),
        row.text("description"),
        row.text("type"),
        row.has("node") ? Optional.of(row.text("node")) : Optional.empty(),
        row.has("app") ? Optional.of(row.text("app")) : Optional.empty(),
        (int) row.number("attempt"),
        row.number("required") != 0,
        row.list("argv"),
        row.optionalInt("return_code"),
        row.instant("started_at"),
        end);
  }

  private static StoredRun.StoredCommand command(Row row) throws SQLException {
    return new StoredRun.StoredCommand(
        row.list("argv"),
        row.instant("started_at"),
        row.has("exit_code") ? Optional.of(workEnd(row, "", Revisions.UNKNOWN)) : Optional.empty());
  }

  private static Revisions revisions(Row row) throws SQLException {
    return new Revisions(row.optionalText("revision_before"), row.optionalText("revision_after"));
  }

  static WorkEnd workEnd(Row row, String prefix, Revisions revisions) throws SQLException {
    return new WorkEnd(
        (int) row.number(prefix + "exit_code"),
        row.text(prefix + "detail"),
        row.duration(prefix + "took"),
        row.list(prefix + "tail"),
        revisions);
  }

  private static StoredRun.StoredStop stop(Row row) throws SQLException {
    return new StoredRun.StoredStop(
        row.instant("at"), StopSignal.valueOf(row.text("signal")), row.number("kill") != 0);
  }

  static Outcome outcome(Row row) throws SQLException {
    return Words.find(Outcome.values(), Outcome::word, row.text("outcome"));
  }

  @FunctionalInterface
  private interface RowMapper<T> {
    T map(Row row) throws SQLException;
  }

  /** A statement of its own for each call: mappers query again while the rows are read. */
  private <T> List<T> list(String sql, RowMapper<T> mapper, Object... values) throws SQLException {
    var result = new ArrayList<T>();
    try (PreparedStatement statement = database.prepareOnce(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        var row = new Row(rows);
        while (rows.next()) {
          result.add(mapper.map(row));
        }
      }
    }
    return List.copyOf(result);
  }
}
