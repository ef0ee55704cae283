package dev.kitchenhooks.history;

/**
 * What was done last with an application of a node.
 *
 * @param runId the run that did it
 * @param app what it came to; it has ended
 * @param takenAway whether it was taken away, rather than deployed
 */
public record LatestApp(String runId, StoredApp app, boolean takenAway) {}
