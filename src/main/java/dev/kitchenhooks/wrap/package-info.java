/** Any local command in the place of a deploy: {@code fix wrap}. */
@NullMarked
package dev.kitchenhooks.wrap;

import org.jspecify.annotations.NullMarked;
