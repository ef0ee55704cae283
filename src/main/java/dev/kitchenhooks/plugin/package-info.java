/** Hooks from git repositories: fetched, pinned in a lock file, and checked before they run. */
@NullMarked
package dev.kitchenhooks.plugin;

import org.jspecify.annotations.NullMarked;
