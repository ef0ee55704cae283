package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.HookedCommand;
import dev.kitchenhooks.hook.Scope;

/**
 * A hook at its place in a plan.
 *
 * @param definition what it is
 * @param type which of its types put it here
 */
public record PlannedHook(HookDefinition definition, HookType type) {
  public String name() {
    return definition.name();
  }

  /**
   * What the filter {@code commands} of this hook looks at. Hooks of applications that say nothing
   * run wherever applications are deployed.
   *
   * @param wrapped the command of the run
   */
  public String commandFor(HookedCommand wrapped) {
    boolean says = definition.filters().values().containsKey(FilterKey.COMMANDS);
    return type.scope() == Scope.APP && !says ? HookedCommand.FIX.word() : wrapped.word();
  }
}
