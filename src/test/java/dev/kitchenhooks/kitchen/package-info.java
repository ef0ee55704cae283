@NullMarked
package dev.kitchenhooks.kitchen;

import org.jspecify.annotations.NullMarked;
