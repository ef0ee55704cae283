/**
 * The embedded nodes of {@code fix demo}, and the demo itself. The only package that knows MINA.
 */
@NullMarked
package dev.kitchenhooks.demo;

import org.jspecify.annotations.NullMarked;
