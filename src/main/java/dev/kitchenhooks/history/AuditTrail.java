package dev.kitchenhooks.history;

import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run to the history as it happens: each event is committed before {@link #on} returns, so
 * that what later listeners show is stored already, and kill -9 at any moment loses none of it.
 * Lines of output are not rows; {@link OutputLog} keeps them.
 *
 * <p>A run that cannot be recorded is not started: then {@link RunEvent.RunStarted} throws. Once
 * nodes are being changed, finishing that in order matters more than its record: a write that fails
 * is warned of once, counted, and the run goes on.
 */
public final class AuditTrail implements RunListener {
  private final RunHistory history;
  private final Consumer<String> warn;
  private final Optional<StoredRequest> request;
  private @Nullable RunWriter writer;
  private int lost;

  /**
   * @param warn is told, once, that the record of this run is incomplete
   */
  public AuditTrail(RunHistory history, Consumer<String> warn) {
    this(history, warn, Optional.empty());
  }

  /**
   * @param request how the run can be repeated
   */
  public AuditTrail(RunHistory history, Consumer<String> warn, Optional<StoredRequest> request) {
    this.history = history;
    this.warn = warn;
    this.request = request;
  }

  /**
   * @throws dev.kitchenhooks.problem.FixException if the start of a run cannot be recorded
   */
  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      begin(started);
    } else if (writer != null) {
      try {
        write(writer, event);
      } catch (SQLException e) {
        lose(e);
      }
    }
  }

  private void begin(RunEvent.RunStarted started) {
    RunWriter.Begun begun;
    try {
      begun = RunWriter.begin(history.database(), started, request);
    } catch (SQLException e) {
      throw HistoryErrors.of(history.file(), "write to", e);
    }
    writer = begun.writer();
    try {
      Retention.removeDirectories(history.runsDirectory(), begun.dropped());
    } catch (IOException e) {
      warn.accept("cannot remove the output of old runs: " + e.getMessage());
    }
  }

  private void write(RunWriter to, RunEvent event) throws SQLException {
    switch (event) {
      case RunEvent.RunStarted _ -> throw new IllegalStateException("a run starts once");
      case RunEvent.HookStarted e -> to.hookStarted(e);
      case RunEvent.HookFinished e -> to.hookFinished(e);
      case RunEvent.NodeStarted e -> to.nodeStarted(e);
      case RunEvent.NodeConnected e -> to.nodeConnected(e);
      case RunEvent.DeployStarted e -> to.deployStarted(e);
      case RunEvent.DeployFinished e -> to.deployFinished(e);
      case RunEvent.NodeFinished e -> to.nodeFinished(e);
      case RunEvent.AppStarted e -> to.apps().started(e);
      case RunEvent.AppFinished e -> to.apps().finished(e);
      case RunEvent.AppEnded e -> to.apps().ended(e);
      case RunEvent.CommandStarted e -> to.commandStarted(e);
      case RunEvent.CommandFinished e -> to.commandFinished(e);
      case RunEvent.StopRequested e -> to.stopRequested(e);
      case RunEvent.RunFinished e -> to.runFinished(e, lost);
      // Which batches have begun is told by their nodes.
      case RunEvent.BatchStarted _,
          RunEvent.HookOutput _,
          RunEvent.DeployOutput _,
          RunEvent.AppOutput _,
          RunEvent.CommandOutput _ -> {}
    }
  }

  private void lose(SQLException e) {
    lost++;
    if (lost > 1) {
      return;
    }
    warn.accept(
        "the history %s cannot be written: %s. The run goes on, but its record is incomplete; \"fix status\" will say so."
            .formatted(history.file(), HistoryErrors.reason(e)));
    if (WriteAheadLog.isBusy(e)) {
      // Waiting in vain once is enough: the nodes shall not wait with us at every event.
      history.database().becomeImpatient();
    }
  }
}
