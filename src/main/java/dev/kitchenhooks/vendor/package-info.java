/** Cookbooks of others: brought into the kitchen before a run, by Berkshelf or Chef's own tool. */
@NullMarked
package dev.kitchenhooks.vendor;

import org.jspecify.annotations.NullMarked;
