/** JSON Schemas, and what they find wrong, said at the place where it stands. */
@NullMarked
package dev.kitchenhooks.schema;

import org.jspecify.annotations.NullMarked;
