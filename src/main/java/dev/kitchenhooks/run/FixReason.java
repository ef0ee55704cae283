package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.Work;
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
   * @param work what was done to the node: the codes of a wrapped command mean what it wants
   * @param aborted whether another post hook of the node failed before
   * @param interrupted whether a signal arrived
   */
  public static String ofNode(Work work, int returnCode, boolean aborted, boolean interrupted) {
    return early(aborted, interrupted)
        .orElseGet(() -> {
          boolean ours = work.connects();
          return switch (returnCode) {
            case 0 -> "deployed";
            case 124 -> ours ? "timed-out" : "failed";
            case 255 -> ours ? "ssh-failed" : "failed";
            default -> "failed";
          };
        });
  }

  /** For a global post hook. */
  public static String ofRun(Work work, int returnCode, boolean aborted, boolean interrupted) {
    return early(aborted, interrupted)
        .orElseGet(() ->
            switch (returnCode) {
              case 0 -> "deployed";
              case 5 -> work instanceof Work.CommandOnce ? "failed" : "skipped";
              case 6 -> work instanceof Work.CommandOnce ? "failed" : "locked";
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
