package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is uploaded, and from where.
 *
 * @param directory the kitchen, absolute
 * @param settings how it is converged
 * @param nodes every node whose file can be read, those of the run among them: what node search
 *     finds; asked for once a run
 */
public record KitchenSource(
    Path directory, KitchenConfig.Converge settings, Supplier<List<NodeDocument>> nodes) {

  /**
   * The whole of a kitchen.
   *
   * @throws FixException with every error of its configuration
   */
  public static KitchenSource of(Kitchen kitchen) {
    return new KitchenSource(
        kitchen.directory(), kitchen.config().converge(), () -> documents(kitchen));
  }

  /** Broken files are left out: one of them would break every node search. */
  private static List<NodeDocument> documents(Kitchen kitchen) {
    return kitchen.soundNodes().parallelStream()
        .map(facts -> new NodeDocument(facts, kitchen.nodeDocument(facts.fqdn())))
        .toList();
  }
}
