package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
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
    Path directory, KitchenConfig.Converge settings, Supplier<List<NodeDocument>> nodes) {}
