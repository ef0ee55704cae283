package dev.kitchenhooks.history;

import dev.kitchenhooks.rules.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A node in a run.
 *
 * @param fqdn its name
 * @param environment its Chef environment at the time
 * @param startedAt when its turn came
 * @param connectTook how long the connection took
 * @param deploy how its deploy ended
 * @param end what became of it; empty while the run goes on, or if the run died
 */
public record StoredNode(
    String fqdn,
    String environment,
    Optional<Instant> startedAt,
    Optional<Duration> connectTook,
    Optional<WorkEnd> deploy,
    Optional<End> end) {

  /**
   * @param reason why, for people; empty where the outcome says it all
   * @param took since its turn came; zero for a node that never started
   */
  public record End(Outcome outcome, String reason, Duration took) {}
}
