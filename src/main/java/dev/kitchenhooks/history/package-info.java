/** The audit trail in the kitchen's SQLite file. The only package that knows SQL. */
@NullMarked
package dev.kitchenhooks.history;

import org.jspecify.annotations.NullMarked;
