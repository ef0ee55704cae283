package dev.kitchenhooks.history;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * One connection to the SQLite file, its prepared statements, and the lock that lets one thread at
 * a time use them. Other processes may write to the same file at once: the write-ahead log lets
 * readers go on meanwhile, and writers wait for each other up to {@link #BUSY_TIMEOUT_MS}.
 *
 * <p>The process must not open and close the file by any other way while this is open: on POSIX
 * systems, closing any descriptor of a file drops all locks that the process holds on it.
 */
final class Database implements AutoCloseable {
  static final int BUSY_TIMEOUT_MS = 5_000;

  private static final int IMPATIENT_MS = 50;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> NEW_FILE = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final FileAttribute<?> NEW_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** What is done with the database. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws SQLException;
  }

  /**
   * Opens the file, which is made (mode 0600) where it is missing, and brings its tables up to
   * date.
   *
   * @throws FixException if that cannot be done
   */
  static Database open(Path file) {
    createOwnerOnly(file);
    try {
      Connection connection = connect(file);
      try {
        var database = new Database(file, connection);
        Migrations.apply(database);
        return database;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw HistoryErrors.of(file, "open", e);
    }
  }

  /** Loads the library and the driver, ahead of the first use. */
  static void warmUp() {
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      // Who opens a history is told.
      return;
    }
  }

  private static void createOwnerOnly(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent(), NEW_DIRECTORY);
      Files.createFile(file, NEW_FILE);
    } catch (FileAlreadyExistsException e) {
      // Also where the directory's name is a file's: SQLite's own message then says so.
      restrict(file);
    } catch (IOException e) {
      throw HistoryErrors.of(file, e);
    }
  }

  /**
   * A file that was copied or restored may have lost its mode; SQLite gives its side files ours.
   */
  private static void restrict(Path file) {
    try {
      if (Files.isRegularFile(file) && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(file, OWNER_ONLY);
      }
    } catch (IOException e) {
      throw HistoryErrors.of(file, e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    // A commit is in the write-ahead log, handed to the kernel: it outlives the process, whatever
    // kills it. Only a crash of the machine can lose the last ones, never damage the file.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    // As a URI, so that no character of the path means anything to SQLite or its driver.
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri());
    try {
      WriteAheadLog.enable(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  /** Runs one or several statements as one unit, with the write lock from its start. */
  <T> T write(Action<T> action) throws SQLException {
    return transaction("BEGIN IMMEDIATE", action);
  }

  /** Runs several queries on one state of the file. */
  <T> T read(Action<T> action) throws SQLException {
    return transaction("BEGIN", action);
  }

  /** Runs a single statement, which is its own transaction. */
  <T> T single(Action<T> action) throws SQLException {
    lock.lock();
    try {
      return action.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T transaction(String begin, Action<T> action) throws SQLException {
    lock.lock();
    try {
      execute(begin);
      boolean committed = false;
      try {
        T result = action.run();
        execute("COMMIT");
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBack();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** After some errors (disk full, I/O) SQLite has rolled back by itself; then there is nothing. */
  private void rollBack() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      String message = e.getMessage();
      if (message == null || !message.contains("no transaction is active")) {
        throw e;
      }
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The statement, prepared once. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /**
   * Drops a prepared statement that failed: the driver does not reset it, so that its next use
   * would fail too, whatever the first cause.
   */
  void forget(String sql) throws SQLException {
    PreparedStatement statement = prepared.remove(sql);
    if (statement != null) {
      statement.close();
    }
  }

  /** A statement that the caller closes. */
  PreparedStatement prepareOnce(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** From now on statements hardly wait for another process that holds the file. */
  void becomeImpatient() {
    try {
      execute("PRAGMA busy_timeout = " + IMPATIENT_MS);
    } catch (SQLException e) {
      throw new IllegalStateException("a setting of the connection only", e);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw HistoryErrors.of(file, "close", e);
    } finally {
      lock.unlock();
    }
  }
}
