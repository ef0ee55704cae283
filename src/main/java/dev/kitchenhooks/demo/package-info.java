/** The three embedded nodes of 'fix demo'. */
@NullMarked
package dev.kitchenhooks.demo;

import org.jspecify.annotations.NullMarked;
