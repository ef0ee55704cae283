/** What a directory tree is, in one text, and what makes one tree of another. */
@NullMarked
package dev.kitchenhooks.sync;

import org.jspecify.annotations.NullMarked;
