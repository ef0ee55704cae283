package dev.kitchenhooks.plugin;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a commit, fetched and not yet at their place.
 *
 * @param commit its full hash
 * @param tree where they lie
 * @param manifest what they are
 * @param history what lies between the commit that was pinned before and this one
 */
record Fetched(String commit, Path tree, Manifest manifest, Optional<History> history) {}
