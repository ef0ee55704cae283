/** Where the deployed applications are to be reached: {@code apps.json}, and its page. */
@NullMarked
package dev.kitchenhooks.hub;

import org.jspecify.annotations.NullMarked;
