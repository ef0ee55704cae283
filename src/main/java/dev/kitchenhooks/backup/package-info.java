/** What a compose file says of backups, as configurations of borgmatic. */
@NullMarked
package dev.kitchenhooks.backup;

import org.jspecify.annotations.NullMarked;
