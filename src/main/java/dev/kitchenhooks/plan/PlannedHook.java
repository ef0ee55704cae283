package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;

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
}
