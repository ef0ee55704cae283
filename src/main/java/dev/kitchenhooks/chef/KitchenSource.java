package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.CookbookFolder;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.NodeAttributes;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is uploaded, and from where.
 *
 * @param directory the kitchen, absolute
 * @param settings how it is converged
 * @param install how Chef comes onto nodes
 * @param proxies what Chef reaches the network through
 * @param cookbooks the directories of cookbooks, whether they exist or not; of two of one name that
 *     of the later one counts
 * @param nodes every node whose file could be read, those of the run among them: what node search
 *     finds; asked for once a run
 * @param documents a node's whole file, by FQDN, read anew; throws {@link FixException} where it
 *     has broken since
 * @param attributes a node's, with those of its cookbooks, roles and environment, by its facts and
 *     its whole file
 */
public record KitchenSource(
    Path directory,
    KitchenConfig.Converge settings,
    KitchenConfig.Install install,
    KitchenConfig.Proxies proxies,
    List<CookbookFolder> cookbooks,
    Supplier<List<NodeFacts>> nodes,
    Function<String, ObjectNode> documents,
    BiFunction<NodeFacts, ObjectNode, NodeAttributes> attributes) {

  /**
   * The whole of a kitchen.
   *
   * @throws FixException with every error of its configuration
   */
  public static KitchenSource of(Kitchen kitchen) {
    return new KitchenSource(
        kitchen.directory(),
        kitchen.config().converge(),
        kitchen.config().install(),
        kitchen.config().proxies(),
        kitchen.cookbookFolders(),
        kitchen::soundNodes,
        kitchen::nodeDocument,
        kitchen::attributes);
  }
}
