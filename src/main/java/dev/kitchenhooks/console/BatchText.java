package dev.kitchenhooks.console;

import dev.kitchenhooks.plan.Batches;
import java.util.List;
import java.util.stream.Collectors;

/** How a run is divided, for people. */
public final class BatchText {
  /** Of more batches than this only the first are told by their sizes. */
  private static final int SHOWN = 5;

  private BatchText() {}

  /** {@code 3 batches of 1, 10, 39 nodes}. */
  public static String of(Batches batches) {
    List<Integer> sizes = batches.sizes();
    String shown =
        sizes.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    String more = sizes.size() > SHOWN ? ", ..." : "";
    return "%d batches of %s%s nodes".formatted(sizes.size(), shown, more);
  }
}
