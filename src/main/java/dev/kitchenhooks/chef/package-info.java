/**
 * Converging a node: what is uploaded, what is run. The scripts that run on nodes lie beside the
 * classes, as resources.
 */
@NullMarked
package dev.kitchenhooks.chef;

import org.jspecify.annotations.NullMarked;
