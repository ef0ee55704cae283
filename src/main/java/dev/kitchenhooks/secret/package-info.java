/** The secrets of hooks: reading them before a run, and masking them in all that is shown. */
@NullMarked
package dev.kitchenhooks.secret;

import org.jspecify.annotations.NullMarked;
