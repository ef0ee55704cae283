/** JSON read strictly, with the line and column of every key and value. */
@NullMarked
package dev.kitchenhooks.json;

import org.jspecify.annotations.NullMarked;
