/** Fixtures that tests of every package share. */
@NullMarked
package dev.kitchenhooks.testkit;

import org.jspecify.annotations.NullMarked;
