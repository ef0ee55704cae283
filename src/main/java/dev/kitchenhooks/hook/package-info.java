/** Hook definitions: what they say, how they are read, and whom they match. */
@NullMarked
package dev.kitchenhooks.hook;

import org.jspecify.annotations.NullMarked;
