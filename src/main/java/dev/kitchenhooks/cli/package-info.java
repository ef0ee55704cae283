/** The command line. */
@NullMarked
package dev.kitchenhooks.cli;

import org.jspecify.annotations.NullMarked;
