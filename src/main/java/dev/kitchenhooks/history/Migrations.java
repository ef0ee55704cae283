package dev.kitchenhooks.history;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings the tables of a history up to date: each numbered script once, in one transaction with the
 * note that it ran. A script that was ever released is never changed; a change is a new script.
 */
final class Migrations {
  /** In order; the number of a script is its place, from 1. */
  static final List<String> SCRIPTS =
      List.of(
          "001-runs.sql",
          "002-revisions.sql",
          "003-batches.sql",
          "004-work.sql",
          "005-requests.sql",
          "006-rollback.sql",
          "007-apps.sql");

  private Migrations() {}

  static void apply(Database database) throws SQLException {
    if (version(database) == SCRIPTS.size()) {
      return;
    }
    database.write(() -> {
      // Looked up again now that no other process can be at it.
      int version = version(database);
      if (version > SCRIPTS.size()) {
        throw newer(database, version);
      }
      for (int number = version + 1; number <= SCRIPTS.size(); number++) {
        for (String statement : statements(SCRIPTS.get(number - 1))) {
          database.execute(statement);
        }
      }
      database.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
      database.execute("DELETE FROM schema_version");
      database.execute("INSERT INTO schema_version VALUES (" + SCRIPTS.size() + ")");
      return version;
    });
  }

  /** 0 where the file is new. */
  private static int version(Database database) throws SQLException {
    return database.single(() -> {
      String sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'";
      try (ResultSet tables = database.prepare(sql).executeQuery()) {
        if (!tables.next() || tables.getInt(1) == 0) {
          return 0;
        }
      }
      try (ResultSet row =
          database.prepare("SELECT max(version) FROM schema_version").executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    });
  }

  private static FixException newer(Database database, int version) {
    return FixException.invalid(
        "the history %s was written by a newer fix (its tables are version %d, this fix knows %d)"
            .formatted(database.file(), version, SCRIPTS.size()),
        "use the newer fix; or move the file away, and this one starts a new history");
  }

  /**
   * The driver takes one statement at a time; in our scripts each ends with a line's last {@code
   * ;}.
   */
  private static List<String> statements(String script) {
    try (InputStream in = Migrations.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("resource " + script + " is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split(";\\s*\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
