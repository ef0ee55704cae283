package dev.kitchenhooks.history;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what a person can do about a history that cannot be used. */
final class HistoryErrors {
  private HistoryErrors() {}

  /**
   * @param doing what failed, after "cannot": {@code open}, {@code read}, {@code write to}
   */
  static FixException of(Path file, String doing, SQLException e) {
    return FixException.invalid(
            "cannot %s the history %s: %s".formatted(doing, file, reason(e)), hint(file, e))
        .causedBy(e);
  }

  static FixException of(Path file, IOException e) {
    String reason =
        e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    return FixException.invalid(
            "cannot open the history %s: %s".formatted(file, reason),
            "a run is only started if it can be recorded: make the directory writable for you")
        .causedBy(e);
  }

  /** SQLite's reason in its own words, without the driver's decoration. */
  static String reason(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.replaceFirst("^\\[SQLITE_\\w+\\]\\s*", "").replace('\n', ' ');
  }

  private static String hint(Path file, SQLException e) {
    if (isOneOf(e, SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_CORRUPT)) {
      return "the file is damaged: move it away with its -wal and -shm files, and the next run"
          + " starts a new one; \"sqlite3 %s .recover\" saves what it can".formatted(file);
    }
    if (isOneOf(e, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED)) {
      return "another program has held it locked for %d s: end that program, then try again"
          .formatted(Database.BUSY_TIMEOUT_MS / 1000);
    }
    if (isOneOf(e, SQLiteErrorCode.SQLITE_FULL)) {
      return "free some disk space, then try again";
    }
    if (isOneOf(e, SQLiteErrorCode.SQLITE_READONLY, SQLiteErrorCode.SQLITE_CANTOPEN)) {
      return "a run is only started if it can be recorded: make the file and its directory"
          + " writable for you";
    }
    return "a run is only started if it can be recorded: mend the cause, or move the file away";
  }

  /** Whether an error is of one of these kinds; SQLite keeps the kind in the lowest byte. */
  static boolean isOneOf(SQLException e, SQLiteErrorCode... kinds) {
    for (SQLiteErrorCode kind : kinds) {
      if ((e.getErrorCode() & 0xff) == kind.code) {
        return true;
      }
    }
    return false;
  }
}
