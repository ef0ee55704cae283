/** Files that several processes write: locked, and whole at every moment. */
@NullMarked
package dev.kitchenhooks.store;

import org.jspecify.annotations.NullMarked;
