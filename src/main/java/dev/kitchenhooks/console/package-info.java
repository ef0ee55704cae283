/** What a person sees, and the JSON lines for machines. */
@NullMarked
package dev.kitchenhooks.console;

import org.jspecify.annotations.NullMarked;
