package dev.kitchenhooks.run;

import java.util.Optional;

/**
 * The words of {@code FIX_REASON}: what a post hook's return code means, since a number alone
 * cannot tell a failed deploy from a lost connection. They never change.
 */
public final class FixReason {
  private FixReason() {}

  /**
   * For a node post hook.
   *
   * @param aborted whether another post hook of the node failed before
   * @param interrupted whether a signal arrived
   */
  public static String ofNode(int returnCode, boolean aborted, boolean interrupted) {
    return early(aborted, interrupted)
        .orElseGet(() ->
            switch (returnCode) {
              case 0 -> "deployed";
              case 124 -> "timed-out";
              case 255 -> "ssh-failed";
              default -> "failed";
            });
  }

  /** For a global post hook. */
  public static String ofRun(int returnCode, boolean aborted, boolean interrupted) {
    return early(aborted, interrupted)
        .orElseGet(() ->
            switch (returnCode) {
              case 0 -> "deployed";
              case 5 -> "skipped";
              default -> "failed";
            });
  }

  private static Optional<String> early(boolean aborted, boolean interrupted) {
    if (aborted) {
      return Optional.of("aborted");
    }
    return interrupted ? Optional.of("interrupted") : Optional.empty();
  }
}
