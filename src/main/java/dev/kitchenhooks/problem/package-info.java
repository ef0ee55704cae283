/** What went wrong, said so that a person can act on it; exit codes. */
@NullMarked
package dev.kitchenhooks.problem;

import org.jspecify.annotations.NullMarked;
