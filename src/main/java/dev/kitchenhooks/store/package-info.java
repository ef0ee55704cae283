/** Files that several processes write, locked and whole at every moment; directories that go. */
@NullMarked
package dev.kitchenhooks.store;

import org.jspecify.annotations.NullMarked;
