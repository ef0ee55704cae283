/** From orders and definitions to a plan: which node, which hook, in which order. Pure. */
@NullMarked
package dev.kitchenhooks.plan;

import org.jspecify.annotations.NullMarked;
