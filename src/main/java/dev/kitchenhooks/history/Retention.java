package dev.kitchenhooks.history;

import dev.kitchenhooks.store.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps the history from growing for ever. */
final class Retention {
  /** Runs that are kept, the one that begins included: years of them for most kitchens. */
  static final int KEPT_RUNS = 1_000;

  /** What a run may be called for its directory to be removed; the history is only a file. */
  private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private Retention() {}

  /** Drops the oldest runs, inside the caller's transaction, and returns their ids. */
  static List<String> drop(Database database) throws SQLException {
    PreparedStatement delete =
        database.prepare(
            """
            DELETE FROM runs WHERE id IN (
              SELECT id FROM runs ORDER BY started_at DESC, rowid DESC LIMIT -1 OFFSET ?)
            RETURNING id
            """);
    delete.setInt(1, KEPT_RUNS);
    var dropped = new ArrayList<String>();
    try (ResultSet rows = delete.executeQuery()) {
      while (rows.next()) {
        dropped.add(rows.getString(1));
      }
    }
    return dropped;
  }

  /** Removes what dropped runs have left on disk; links are removed, not followed. */
  static void removeDirectories(Path runsDirectory, List<String> dropped) throws IOException {
    for (String id : dropped) {
      Path directory = runsDirectory.resolve(id);
      if (SAFE_ID.matcher(id).matches() && Files.isDirectory(directory)) {
        Directories.remove(directory);
      }
    }
  }
}
