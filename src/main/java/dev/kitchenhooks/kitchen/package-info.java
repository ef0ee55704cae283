/**
 * The kitchen as it lies on disk: configuration, nodes, roles, environments; orders and selection.
 */
@NullMarked
package dev.kitchenhooks.kitchen;

import org.jspecify.annotations.NullMarked;
