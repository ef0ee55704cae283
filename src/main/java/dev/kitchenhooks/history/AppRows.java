package dev.kitchenhooks.history;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.plan.WorkKind;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.run.RunEvent;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The applications of one run as rows. */
final class AppRows {
  private static final String INSERT =
      """
      INSERT INTO apps (run_id, node, name, environment, version, target_dir, deploy_started_at,
        outcome, reason, ended_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Also right where it never was deployed, or the row of that could not be written. */
  private static final String END =
      INSERT
          + """
          ON CONFLICT (run_id, node, name) DO UPDATE SET outcome = excluded.outcome,
            reason = excluded.reason, ended_at = excluded.ended_at
          """;

  /** Of each application of each node what was done with it last, whether or not to its end. */
  static final String LATEST =
      """
      SELECT apps.*, runs.work, max(coalesce(apps.ended_at, apps.deploy_started_at)) AS done_at
      FROM apps JOIN runs ON runs.id = apps.run_id
      WHERE apps.outcome IN ('deployed', 'failed')
        OR apps.deploy_started_at IS NOT NULL
          AND (apps.outcome IS NULL OR apps.outcome = 'interrupted')
      GROUP BY apps.name, apps.environment, apps.node
      ORDER BY apps.name, apps.environment, apps.node
      """;

  private final Statements statements;
  private final String runId;

  /** Runs one statement in a transaction of its own. */
  @FunctionalInterface
  interface Statements {
    void run(String sql, @Nullable Object... values) throws SQLException;
  }

  AppRows(Statements statements, String runId) {
    this.statements = statements;
    this.runId = runId;
  }

  void started(RunEvent.AppStarted event) throws SQLException {
    insert(INSERT, event.node(), event.app(), event.at().toEpochMilli(), null, null, null);
  }

  void finished(RunEvent.AppFinished event) throws SQLException {
    statements.run(
        """
        UPDATE apps SET deploy_exit_code = ?, deploy_detail = ?, deploy_took = ?, deploy_tail = ?
        WHERE run_id = ? AND node = ? AND name = ?
        """,
        event.exitCode(),
        event.detail(),
        event.took().toMillis(),
        JsonList.write(event.tail()),
        runId,
        event.node(),
        event.app());
  }

  void ended(RunEvent.AppEnded event) throws SQLException {
    insert(
        END,
        event.node(),
        event.app(),
        null,
        event.outcome().word(),
        event.reason(),
        event.at().toEpochMilli());
  }

  private void insert(
      String sql,
      String node,
      Application app,
      @Nullable Long startedAt,
      @Nullable String outcome,
      @Nullable String reason,
      @Nullable Long endedAt)
      throws SQLException {
    statements.run(
        sql,
        runId,
        node,
        app.name(),
        app.environment(),
        app.version(),
        app.targetDirectory(),
        startedAt,
        outcome,
        reason,
        endedAt);
  }

  static StoredApp read(Row row) throws SQLException {
    return new StoredApp(
        row.text("node"),
        row.text("name"),
        row.text("environment"),
        row.text("version"),
        row.text("target_dir"),
        row.has("deploy_exit_code")
            ? Optional.of(RunReader.workEnd(row, "deploy_", Revisions.UNKNOWN))
            : Optional.empty(),
        row.has("outcome")
            ? Optional.of(
                new StoredApp.End(
                    RunReader.outcome(row), row.text("reason"), row.instant("ended_at")))
            : Optional.empty());
  }

  static LatestApp latest(Row row) throws SQLException {
    return new LatestApp(
        row.text("run_id"),
        read(row),
        row.text("work").equals(WorkKind.APP_UNDEPLOY.word()),
        row.instant("done_at"));
  }
}
