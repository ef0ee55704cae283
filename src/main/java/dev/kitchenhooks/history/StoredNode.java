package dev.kitchenhooks.history;

import dev.kitchenhooks.kitchen.NodeFacts;
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

  /** What became of it; of a run that died, what must be assumed. */
  public Outcome outcome() {
    Outcome otherwise = startedAt.isPresent() ? Outcome.INTERRUPTED : Outcome.NOT_STARTED;
    return end.map(End::outcome).orElse(otherwise);
  }

  static StoredNode planned(NodeFacts facts) {
    return new StoredNode(
        facts.fqdn(),
        facts.environment(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static StoredNode dummy(NodeFacts facts) {
    return planned(facts).ended(new End(Outcome.DUMMY, "", Duration.ZERO));
  }

  StoredNode started(Instant at) {
    return new StoredNode(fqdn, environment, Optional.of(at), connectTook, deploy, end);
  }

  StoredNode connected(Duration took) {
    return new StoredNode(fqdn, environment, startedAt, Optional.of(took), deploy, end);
  }

  StoredNode deployed(WorkEnd how) {
    return new StoredNode(fqdn, environment, startedAt, connectTook, Optional.of(how), end);
  }

  StoredNode ended(End how) {
    return new StoredNode(fqdn, environment, startedAt, connectTook, deploy, Optional.of(how));
  }

  /**
   * @param reason why, for people; empty where the outcome says it all
   * @param took since its turn came; zero for a node that never started
   */
  public record End(Outcome outcome, String reason, Duration took) {}
}
