package dev.kitchenhooks.history;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.rules.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What was done with one application of one node.
 *
 * @param node the FQDN
 * @param name the application's
 * @param environment in which it is there
 * @param version what was deployed, or taken away
 * @param targetDirectory on the node
 * @param deploy how its deploy ended; empty where it had none, or has not ended
 * @param end what became of it; empty until then, or if the run died
 */
public record StoredApp(
    String node,
    String name,
    String environment,
    String version,
    String targetDirectory,
    Optional<WorkEnd> deploy,
    Optional<End> end) {

  /**
   * @param reason why, for people; empty where the outcome says it all
   */
  public record End(Outcome outcome, String reason, Instant at) {}

  static StoredApp of(String node, Application app) {
    return new StoredApp(
        node,
        app.name(),
        app.environment(),
        app.version(),
        app.targetDirectory(),
        Optional.empty(),
        Optional.empty());
  }

  StoredApp deployed(WorkEnd how) {
    return new StoredApp(node, name, environment, version, targetDirectory, Optional.of(how), end);
  }

  StoredApp ended(End how) {
    return new StoredApp(
        node, name, environment, version, targetDirectory, deploy, Optional.of(how));
  }
}
