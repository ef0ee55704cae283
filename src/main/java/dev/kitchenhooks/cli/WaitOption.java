package dev.kitchenhooks.cli;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.run.LockWait;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Of every command that takes locks. */
final class WaitOption {
  @Nullable String wait;

  void addTo(Syntax syntax) {
    syntax.text(
        "--wait DURATION",
        "Wait so long, all in all, for other runs at the same nodes, e.g. 5m. Default: not at all.",
        v -> wait = v);
  }

  /**
   * @param tell gets a line for each lock that is waited for
   */
  LockWait lockWait(Consumer<String> tell) {
    Duration bound =
        wait == null
            ? Duration.ZERO
            : Durations.parse(wait)
                .orElseThrow(() ->
                    FixException.invalid(
                        "--wait " + wait + ": a duration was expected", "try --wait 5m"));
    return new LockWait(bound, tell);
  }
}
