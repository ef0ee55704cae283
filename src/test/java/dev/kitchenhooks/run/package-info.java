@NullMarked
package dev.kitchenhooks.run;

import org.jspecify.annotations.NullMarked;
