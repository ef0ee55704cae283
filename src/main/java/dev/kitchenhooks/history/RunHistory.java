package dev.kitchenhooks.history;

import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The history of a kitchen's runs, in one SQLite file. Several processes may have it open at once.
 * Thread-safe. The directory {@code runs} beside the file holds each run's output.
 */
public final class RunHistory implements AutoCloseable {
  /** As many as are printed to choose from. */
  private static final int SHOWN_MATCHES = 5;

  private final Database database;

  private RunHistory(Database database) {
    this.database = database;
  }

  /** Loads what {@link #open} needs: it takes as long as the rest of opening one. */
  public static void warmUp() {
    Database.warmUp();
  }

  /**
   * Opens a history, a new one (file mode 0600) where there is none.
   *
   * @throws FixException if it cannot be used: damaged, written by a newer fix, read-only
   */
  public static RunHistory open(Path file) {
    return new RunHistory(Database.open(file));
  }

  /** The run that was started last. */
  public Optional<StoredRun> lastRun() {
    return read(reader -> {
      List<RunSummary> newest = reader.newest(1);
      return newest.isEmpty() ? Optional.empty() : Optional.of(reader.details(newest.getFirst()));
    });
  }

  /**
   * A run by its id, or by the first characters of it.
   *
   * @throws FixException if there is no such run, or more than one
   */
  public StoredRun run(String idOrPrefix) {
    return read(reader -> {
      List<RunSummary> found = reader.matching(idOrPrefix, SHOWN_MATCHES + 1);
      return switch (found.size()) {
        case 0 ->
            throw FixException.invalid(
                "no run \"%s\" is recorded".formatted(idOrPrefix),
                "fix history lists the runs there are");
        case 1 -> reader.details(found.getFirst());
        default ->
            throw FixException.invalid(
                "more than one run begins with \"%s\"".formatted(idOrPrefix),
                "give more of it: " + choices(found));
      };
    });
  }

  private static String choices(List<RunSummary> found) {
    List<String> ids = found.stream().limit(SHOWN_MATCHES).map(RunSummary::id).toList();
    return String.join(", ", ids) + (found.size() > SHOWN_MATCHES ? ", ..." : "");
  }

  /** Of each application of each node what was done with it last, by name. */
  public List<LatestApp> latestApps() {
    return read(RunReader::latestApps);
  }

  /**
   * What taking the nodes of a run back comes to.
   *
   * @param idOrPrefix the run; empty: the last one that deployed something
   * @param choice which of its nodes are meant, by FQDN
   * @param force whether nodes are meant, too, that another run has deployed since
   * @throws FixException if there is no such run, or nothing of it can be rolled back
   */
  public Rollback rollback(
      Optional<String> idOrPrefix, UnaryOperator<List<String>> choice, boolean force) {
    Optional<StoredRun> named = idOrPrefix.map(this::run);
    return read(reader -> {
      StoredRun run;
      if (named.isPresent()) {
        run = named.get();
      } else {
        List<RunSummary> newest = reader.newestDeploying();
        if (newest.isEmpty()) {
          throw FixException.invalid(
              "no run of this kitchen has deployed anything",
              "fix history lists the runs there are");
        }
        run = reader.details(newest.getFirst());
      }
      Rollback.requirePossible(run.summary());
      Set<String> meant =
          Set.copyOf(choice.apply(run.nodes().stream().map(StoredNode::fqdn).toList()));
      return Rollback.of(run, reader.laterDeploys(run.summary()), meant::contains, force);
    });
  }

  /** The newest runs, newest first. */
  public List<RunSummary> runs(int limit) {
    return read(reader -> reader.newest(limit));
  }

  private <T> T read(ReaderAction<T> action) {
    try {
      return database.read(() -> action.run(new RunReader(database)));
    } catch (SQLException e) {
      throw HistoryErrors.of(database.file(), "read", e);
    }
  }

  @FunctionalInterface
  private interface ReaderAction<T> {
    T run(RunReader reader) throws SQLException;
  }

  Database database() {
    return database;
  }

  Path file() {
    return database.file();
  }

  Path runsDirectory() {
    return database.file().resolveSibling("runs");
  }

  @Override
  public void close() {
    database.close();
  }
}
