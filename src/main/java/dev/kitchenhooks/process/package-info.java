/** Local processes with true limits: time, output, and the whole process tree. */
@NullMarked
package dev.kitchenhooks.process;

import org.jspecify.annotations.NullMarked;
