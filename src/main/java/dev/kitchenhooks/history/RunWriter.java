package dev.kitchenhooks.history;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.process.ProcessIdentity;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.RunEvent;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The events of one run as rows. Each method commits before it returns. */
final class RunWriter {
  private static final String INSERT_HOOK =
      """
      INSERT INTO hooks (run_id, number, name, description, type, node, app, attempt, required,
        argv, return_code, started_at, took, exit_code, end, detail, tail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Also right where the row of the start could not be written. */
  private static final String END_HOOK =
      INSERT_HOOK
          + """
          ON CONFLICT (run_id, number) DO UPDATE SET took = excluded.took,
            exit_code = excluded.exit_code, end = excluded.end, detail = excluded.detail,
            tail = excluded.tail
          """;

  private final Database database;
  private final String runId;

  private RunWriter(Database database, String runId) {
    this.database = database;
    this.runId = runId;
  }

  /**
   * Records a run and all that it plans, and in the same transaction drops the runs that are too
   * old to keep.
   *
   * @return what writes the rest, and which runs were dropped
   */
  static Begun begin(Database database, RunEvent.RunStarted event, Optional<StoredRequest> request)
      throws SQLException {
    var writer = new RunWriter(database, event.runId());
    List<String> dropped =
        database.write(() -> {
          writer.insertRun(event, request);
          writer.insertNodes(event.plan());
          writer.insertSkipped(event.plan().skipped());
          return Retention.drop(database);
        });
    return new Begun(writer, dropped);
  }

  /** What {@link #begin} did. */
  record Begun(RunWriter writer, List<String> dropped) {}

  private void insertRun(RunEvent.RunStarted event, Optional<StoredRequest> request)
      throws SQLException {
    RunPlan plan = event.plan();
    OptionalLong start = ProcessIdentity.of(event.pid()).start();
    run(
        """
        INSERT INTO runs (id, command, phase, work, rolls_back, user, pid, process_start,
          concurrency, planned, started_at, batches, request, directory, repeats)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        runId,
        plan.command(),
        plan.phase(),
        plan.work().kind().word(),
        plan.work().rollsBack().orElse(null),
        event.user(),
        event.pid(),
        start.isPresent() ? start.getAsLong() : null,
        plan.limits().concurrency(),
        plan.nodes().size(),
        event.at().toEpochMilli(),
        plan.limits().batches().divided()
            ? JsonList.write(plan.limits().batches().sizes().stream().map(String::valueOf).toList())
            : null,
        request.map(r -> JsonList.write(r.words())).orElse(null),
        request.map(r -> r.directory().toString()).orElse(null),
        request.flatMap(StoredRequest::repeats).orElse(null));
  }

  private void insertNodes(RunPlan plan) throws SQLException {
    int position = 0;
    for (PlannedNode node : plan.nodes()) {
      insertNode(++position, node.facts(), null);
    }
    for (NodeFacts dummy : plan.dummies()) {
      insertNode(++position, dummy, Outcome.DUMMY);
    }
  }

  private void insertNode(int position, NodeFacts facts, @Nullable Outcome outcome)
      throws SQLException {
    run(
        "INSERT INTO nodes (run_id, position, fqdn, environment, outcome, reason, took)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        runId,
        position,
        facts.fqdn(),
        facts.environment(),
        outcome == null ? null : outcome.word(),
        outcome == null ? null : "",
        outcome == null ? null : 0);
  }

  private void insertSkipped(List<SkippedHook> skipped) throws SQLException {
    int position = 0;
    for (SkippedHook skip : skipped) {
      run(
          "INSERT INTO skipped_hooks (run_id, position, name, type, reason) VALUES (?, ?, ?, ?, ?)",
          runId,
          ++position,
          skip.hook().name(),
          skip.hook().type().id(),
          skip.reason());
    }
  }

  void hookStarted(RunEvent.HookStarted event) throws SQLException {
    OptionalInt code = event.returnCode();
    insertHook(
        INSERT_HOOK,
        event.run(),
        event.argv(),
        code.isPresent() ? code.getAsInt() : null,
        event.at().toEpochMilli(),
        null,
        List.of());
  }

  void hookFinished(RunEvent.HookFinished event) throws SQLException {
    insertHook(
        END_HOOK,
        event.run(),
        event.argv(),
        null,
        event.at().minus(event.result().duration()).toEpochMilli(),
        event.result(),
        event.tail());
  }

  private void insertHook(
      String sql,
      RunEvent.HookRun hookRun,
      List<String> argv,
      @Nullable Integer returnCode,
      long startedAt,
      @Nullable ProcessResult result,
      List<String> tail)
      throws SQLException {
    HookDefinition definition = hookRun.hook().definition();
    run(
        sql,
        runId,
        hookRun.number(),
        definition.name(),
        definition.description(),
        hookRun.hook().type().id(),
        hookRun.node().orElse(null),
        hookRun.app().orElse(null),
        hookRun.attempt(),
        definition.required(),
        JsonList.write(argv),
        returnCode,
        startedAt,
        result == null ? null : result.duration().toMillis(),
        result == null ? null : result.exitCode(),
        result == null ? null : result.end().word(),
        result == null ? null : result.detail(),
        result == null ? null : JsonList.write(tail));
  }

  /** What is written of the run's applications. */
  AppRows apps() {
    return new AppRows(this::run, runId);
  }

  void nodeStarted(RunEvent.NodeStarted event) throws SQLException {
    node("started_at = ?", event.node(), event.at().toEpochMilli());
  }

  void nodeConnected(RunEvent.NodeConnected event) throws SQLException {
    node("connect_took = ?", event.node(), event.took().toMillis());
  }

  void deployStarted(RunEvent.DeployStarted event) throws SQLException {
    node("deploy_started_at = ?", event.node(), event.at().toEpochMilli());
  }

  void deployFinished(RunEvent.DeployFinished event) throws SQLException {
    node(
        "deploy_exit_code = ?, deploy_detail = ?, deploy_took = ?, deploy_tail = ?,"
            + " revision_before = ?, revision_after = ?",
        event.node(),
        event.exitCode(),
        event.detail(),
        event.took().toMillis(),
        JsonList.write(event.tail()),
        event.revisions().before().orElse(null),
        event.revisions().after().orElse(null));
  }

  void nodeFinished(RunEvent.NodeFinished event) throws SQLException {
    node(
        "outcome = ?, reason = ?, took = ?, ended_at = ?",
        event.node(),
        event.outcome().word(),
        event.reason(),
        event.took().toMillis(),
        event.at().toEpochMilli());
  }

  private void node(String assignments, String fqdn, @Nullable Object... values)
      throws SQLException {
    @Nullable Object[] all = new @Nullable Object[values.length + 2];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = runId;
    all[values.length + 1] = fqdn;
    run("UPDATE nodes SET " + assignments + " WHERE run_id = ? AND fqdn = ?", all);
  }

  void commandStarted(RunEvent.CommandStarted event) throws SQLException {
    run(
        "INSERT INTO commands (run_id, argv, started_at) VALUES (?, ?, ?)",
        runId,
        JsonList.write(event.argv()),
        event.at().toEpochMilli());
  }

  void commandFinished(RunEvent.CommandFinished event) throws SQLException {
    run(
        "UPDATE commands SET exit_code = ?, detail = ?, took = ?, tail = ? WHERE run_id = ?",
        event.exitCode(),
        event.detail(),
        event.took().toMillis(),
        JsonList.write(event.tail()),
        runId);
  }

  void stopRequested(RunEvent.StopRequested event) throws SQLException {
    run(
        """
        INSERT INTO stops (run_id, position, at, signal, kill)
        SELECT ?1, 1 + count(*), ?2, ?3, ?4 FROM stops WHERE run_id = ?1
        """,
        runId,
        event.at().toEpochMilli(),
        event.signal().name(),
        event.kill());
  }

  void runFinished(RunEvent.RunFinished event, int lostEvents) throws SQLException {
    RunResult result = event.result();
    run(
        """
        UPDATE runs SET ended_at = ?, took = ?, exit_code = ?, code_before_hooks = ?, end = ?,
          lost_events = ? WHERE id = ?
        """,
        event.at().toEpochMilli(),
        event.took().toMillis(),
        result.exitCode(),
        result.codeBeforeHooks(),
        result.end().word(),
        lostEvents,
        runId);
  }

  private void run(String sql, @Nullable Object... values) throws SQLException {
    database.single(() -> {
      try {
        PreparedStatement statement = database.prepare(sql);
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        return statement.executeUpdate();
      } catch (SQLException e) {
        database.forget(sql);
        throw e;
      }
    });
  }
}
