package dev.kitchenhooks.plan;

/**
 * How many nodes at once, and how many may fail.
 *
 * @param concurrency nodes in flight at once, at least 1
 * @param maxFailed the run starts no further node once more than this many have failed or were
 *     unreachable; 0 stops at the first, {@link Integer#MAX_VALUE} ({@code --keep-going}) never
 *     stops
 */
public record Limits(int concurrency, int maxFailed) {
  public static final Limits SERIAL = new Limits(1, 0);
}
