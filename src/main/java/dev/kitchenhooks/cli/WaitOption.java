package dev.kitchenhooks.cli;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.run.LockWait;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of every command that takes locks. */
final class WaitOption {
  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Wait so long, all in all, for other runs at the same nodes, e.g. 5m. Default: not at all.")
  @Nullable String wait;

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
