/** Converging a node: what is uploaded, what is run. */
@NullMarked
package dev.kitchenhooks.chef;

import org.jspecify.annotations.NullMarked;
