package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.PluginPin.Kind;
import java.util.Optional;

/**
 * What a ref stands for in its repository now.
 *
 * @param kind what it is
 * @param name its full name, {@code refs/tags/v1}; empty for a commit
 * @param commit the commit's hash; of an annotated tag whose server does not say, the tag's
 */
record Resolved(Kind kind, Optional<String> name, String commit) {}
