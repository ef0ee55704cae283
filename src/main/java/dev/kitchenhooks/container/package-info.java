/** Hooks in containers, by the command line of docker or podman. */
@NullMarked
package dev.kitchenhooks.container;

import org.jspecify.annotations.NullMarked;
