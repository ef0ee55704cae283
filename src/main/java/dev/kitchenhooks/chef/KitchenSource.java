package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is uploaded, and from where.
 *
 * @param directory the kitchen, absolute
 * @param settings how it is converged
 * @param nodes every node whose file could be read, those of the run among them: what node search
 *     finds; asked for once a run
 * @param documents a node's whole file, by FQDN, read anew; throws {@link FixException} where it
 *     has broken since
 */
public record KitchenSource(
    Path directory,
    KitchenConfig.Converge settings,
    Supplier<List<NodeFacts>> nodes,
    Function<String, ObjectNode> documents) {

  /**
   * The whole of a kitchen.
   *
   * @throws FixException with every error of its configuration
   */
  public static KitchenSource of(Kitchen kitchen) {
    return new KitchenSource(
        kitchen.directory(),
        kitchen.config().converge(),
        kitchen::soundNodes,
        kitchen::nodeDocument);
  }
}
