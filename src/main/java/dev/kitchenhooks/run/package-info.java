/** Carries a plan out by the rules, and tells listeners what happens. */
@NullMarked
package dev.kitchenhooks.run;

import org.jspecify.annotations.NullMarked;
