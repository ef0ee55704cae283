/** Holds README and docs/ to the program: every command in them runs, every example loads. */
@NullMarked
package dev.kitchenhooks.docs;

import org.jspecify.annotations.NullMarked;
