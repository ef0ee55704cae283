package dev.kitchenhooks.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;

/** Switches a file to write-ahead logging, which it then stays in. */
final class WriteAheadLog {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private WriteAheadLog() {}

  /**
   * The first switch of a new file needs it alone, and SQLite does not wait there but says BUSY at
   * once: two first runs that start together would trip over each other.
   */
  static void enable(Connection connection) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Database.BUSY_TIMEOUT_MS);
    while (true) {
      try (Statement statement = connection.createStatement();
          ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
        String now = mode.next() ? mode.getString(1).toLowerCase(Locale.ROOT) : "unknown";
        if (!now.equals("wal")) {
          throw new SQLException(
              "the file system cannot hold a write-ahead log (mode " + now + ")");
        }
        return;
      } catch (SQLException e) {
        if (!isBusy(e) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  static boolean isBusy(SQLException e) {
    return HistoryErrors.isOneOf(e, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED);
  }
}
