package dev.kitchenhooks.apphook;

import dev.kitchenhooks.container.Volumes;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is around a hook of an application.
 *
 * @param kitchen the kitchen's directory
 * @param confs the configuration
 * @param variables of the caller
 * @param volumes where the container engine of this machine keeps them
 * @param say takes a line for people: what was done, or why nothing was
 */
public record AppHookContext(
    Path kitchen,
    Confs confs,
    Map<String, String> variables,
    Volumes volumes,
    Consumer<String> say) {}
