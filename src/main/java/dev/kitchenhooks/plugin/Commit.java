package dev.kitchenhooks.plugin;

/**
 * A commit between two pins.
 *
 * @param commit its full hash
 * @param subject the first line of its message
 */
public record Commit(String commit, String subject) {}
