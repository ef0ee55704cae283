/** What a deploy needs of a connection to a node, and nothing of SSH. */
@NullMarked
package dev.kitchenhooks.remote;

import org.jspecify.annotations.NullMarked;
