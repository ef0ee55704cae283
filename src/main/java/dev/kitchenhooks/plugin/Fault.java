package dev.kitchenhooks.plugin;

import dev.kitchenhooks.problem.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a plugin is not what was asked for.
 *
 * @param exitCode 1: its repository could not be reached, and may be later; 2: what is asked for is
 *     not there; 130: it was interrupted
 * @param message what is wrong, without the plugin's name
 * @param hint what to do
 */
public record Fault(ExitCode exitCode, String message, @Nullable String hint) {
  static Fault unreachable(String message, @Nullable String hint) {
    return new Fault(ExitCode.NODE_FAILED, message, hint);
  }

  static Fault invalid(String message, @Nullable String hint) {
    return new Fault(ExitCode.INVALID, message, hint);
  }
}
