/** Notices of deployed applications and of whole runs: by mail, or to a chat. */
@NullMarked
package dev.kitchenhooks.notify;

import org.jspecify.annotations.NullMarked;
