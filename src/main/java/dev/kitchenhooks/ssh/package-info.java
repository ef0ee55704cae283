/** Connections to OpenSSH nodes. The only package that knows sshj. */
@NullMarked
package dev.kitchenhooks.ssh;

import org.jspecify.annotations.NullMarked;
