package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.store.AtomicFile;
import dev.kitchenhooks.store.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code dashboards/APP_services.json}, whole at every moment. The lock is one of the system on a
 * file of its own: what other programs have left of theirs is in nobody's way.
 */
final class DashboardFile {
  private static final String LOCK = ".fix.lock";

  /** Grafana reads it, as another user. */
  private static final String MODE = "rw-r--r--";

  private final Path file;
  private final Duration wait;

  DashboardFile(Path dashboards, String app, Duration wait) {
    this.file = dashboards.resolve(app + "_services.json");
    this.wait = wait;
  }

  Path path() {
    return file;
  }

  /** What became of it. */
  enum Change {
    NONE,
    WRITTEN,
    DELETED
  }

  /**
   * Changes it.
   *
   * @param change gets what is there, and gives what is to be there; empty: no file
   * @throws FixException if it cannot be locked, read or written; then it is as it was
   */
  Change change(Function<Optional<ObjectNode>, Optional<ObjectNode>> change) {
    try (FileLock _ = FileLock.take(file.resolveSibling(LOCK), wait).orElseThrow(this::locked)) {
      Optional<ObjectNode> before = read();
      Optional<ObjectNode> after = change.apply(before);
      if (after.isPresent() && !after.equals(before)) {
        AtomicFile.write(file, SortedJson.of(after.get()), MODE);
        return Change.WRITTEN;
      }
      if (after.isEmpty() && before.isPresent()) {
        AtomicFile.delete(file);
        return Change.DELETED;
      }
      return Change.NONE;
    } catch (IOException e) {
      throw FixException.invalid(
              "%s cannot be written: %s".formatted(file, e),
              "you must be allowed to write to its directory, and the disk have room")
          .causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw locked();
    }
  }

  private FixException locked() {
    return new FixException(
        ExitCode.LOCKED,
        "another process has locked the dashboards in %s for all of %d s"
            .formatted(file.getParent(), wait.toSeconds()),
        "nothing was written; try again, or say a longer \"lock_wait\" in confs/"
            + MonitoringConf.FILE);
  }

  private Optional<ObjectNode> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var problems = new Problems();
    JsonDocument document = JsonDocument.read(file, file.toString(), problems);
    problems.throwIfErrors("a dashboard is damaged, and was left as it is");
    if (document != null && document.root() instanceof ObjectNode dashboard) {
      return Optional.of(dashboard);
    }
    throw FixException.invalid(
        file + " is no dashboard: it is not one JSON object", "move it away; it is then made anew");
  }
}
