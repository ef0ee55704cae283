/** Applications on nodes: what is sent there and run, by way of compose. */
@NullMarked
package dev.kitchenhooks.app;

import org.jspecify.annotations.NullMarked;
