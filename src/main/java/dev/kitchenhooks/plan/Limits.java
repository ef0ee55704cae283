package dev.kitchenhooks.plan;

/**
 * How many nodes at once, how many may fail, and in which batches they start.
 *
 * @param concurrency nodes in flight at once, at least 1
 * @param maxFailed the run starts no further node once more than this many have failed or were
 *     unreachable, counted over the whole run; 0 stops at the first, {@link Integer#MAX_VALUE}
 *     ({@code --keep-going}) never stops
 * @param batches a batch starts when all nodes of the one before have ended
 */
public record Limits(int concurrency, int maxFailed, Batches batches) {
  public static final Limits SERIAL = new Limits(1, 0);

  /** Whether nothing that fails stops the others ({@code --keep-going}). */
  public boolean keepsGoing() {
    return maxFailed == Integer.MAX_VALUE;
  }

  /** All nodes in one batch. */
  public Limits(int concurrency, int maxFailed) {
    this(concurrency, maxFailed, Batches.ONE);
  }
}
