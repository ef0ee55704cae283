package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.StoredRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of every command that looks back at a run. */
final class RunArgument {
  private @Nullable String run;

  void addTo(Syntax syntax) {
    syntax.optionalArgument(
        "RUN", "The id of a run, or how it begins. Default: the last run.", v -> run = v);
  }

  /** Empty in a kitchen without any run. */
  Optional<StoredRun> find(Shell shell) {
    try (RunHistory history = shell.history()) {
      if (history == null) {
        return Optional.empty();
      }
      return run == null ? history.lastRun() : Optional.of(history.run(run));
    }
  }
}
