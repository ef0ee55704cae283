package dev.kitchenhooks.plugin;

import java.util.List;

/**
 * What git knows of the way from one commit to another.
 *
 * @param commits the newest first
 * @param more how many more there are
 * @param files what is different
 */
public record History(List<Commit> commits, long more, List<FileChange> files) {}
