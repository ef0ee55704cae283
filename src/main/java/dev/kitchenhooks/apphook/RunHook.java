package dev.kitchenhooks.apphook;

/** A hook that can also stand at the end of a whole run, as its global post hook. */
public interface RunHook extends AppHook {
  /**
   * Does what is to be done when a run ends; {@code FIX_CONTEXT} tells of it.
   *
   * @throws dev.kitchenhooks.problem.FixException if it cannot
   */
  void ofRun(AppHookContext context);
}
