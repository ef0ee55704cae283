package dev.kitchenhooks.history;

import dev.kitchenhooks.run.Revisions;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A deploy of a node that began after another run.
 *
 * @param fqdn the node
 * @param run whose deploy it was
 * @param rollsBack the run that this one rolls back, if it does
 * @param exitCode empty if it never ended, or goes on
 * @param revisions of the node, before and after it, as far as they are known
 */
record LaterDeploy(
    String fqdn,
    String run,
    Optional<String> rollsBack,
    OptionalInt exitCode,
    Revisions revisions) {}
