package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import java.util.Collection;
import java.util.TreeSet;

/** What {@code --phase} may say. */
public final class Phases {
  private Phases() {}

  /**
   * Checks that a phase exists.
   *
   * @param declared in {@code [hooks] phases}, beside those that are built in
   * @throws FixException if it does not
   */
  public static void require(String phase, Collection<String> declared) {
    var known = new TreeSet<>(declared);
    known.addAll(HookType.BUILT_IN);
    if (!known.contains(phase)) {
      String hint = Nearest.hint(phase, known);
      throw FixException.invalid(
          "no phase is called \"%s\"".formatted(phase),
          hint == null ? "declare it in littlechef.cfg, under [hooks]: phases = " + phase : hint);
    }
  }
}
