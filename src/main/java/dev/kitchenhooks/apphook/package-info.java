/** What the shipped hooks of applications have in common: how they are called and configured. */
@NullMarked
package dev.kitchenhooks.apphook;

import org.jspecify.annotations.NullMarked;
