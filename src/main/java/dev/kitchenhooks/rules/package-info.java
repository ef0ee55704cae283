/** The rules of a run: what happened in, what happens next out. Pure. */
@NullMarked
package dev.kitchenhooks.rules;

import org.jspecify.annotations.NullMarked;
