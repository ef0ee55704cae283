package dev.kitchenhooks.hook;

/**
 * A git repository that a hook's program comes from.
 *
 * @param repo its address, as git takes it
 * @param ref a tag, a branch or a commit
 * @param path the directory in it that {@code exec} is relative to
 */
public record PluginSource(String repo, String ref, String path) {}
