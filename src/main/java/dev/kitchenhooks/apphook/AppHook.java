package dev.kitchenhooks.apphook;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;

/**
 * A hook of applications that fix brings along, for {@code fix app-hook NAME}. It may be called at
 * any time, for many applications at once and again after it was killed: whatever it writes it
 * writes whole, under a lock, and a second call with the same arguments changes nothing.
 */
public interface AppHook {

  /** What it is called by; also the directory of its configuration, below {@code confs/}. */
  String name();

  /**
   * Does what is to be done at this moment; at the others it says that there is nothing to do.
   *
   * @throws FixException if it cannot; then nothing was written in part
   */
  void run(AppCall call, AppHookContext context);

  /**
   * Checks its configuration, whether or not the hook is used.
   *
   * @param problems receives all that is wrong in all its files
   */
  void lint(Confs confs, Problems problems);
}
