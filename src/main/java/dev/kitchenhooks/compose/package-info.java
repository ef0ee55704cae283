/** Compose files: what they say, and labels put into them without touching anything else. */
@NullMarked
package dev.kitchenhooks.compose;

import org.jspecify.annotations.NullMarked;
