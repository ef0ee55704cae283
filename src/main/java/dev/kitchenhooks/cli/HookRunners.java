package dev.kitchenhooks.cli;

import dev.kitchenhooks.container.ContainerHooks;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.run.HookRunner;
import dev.kitchenhooks.run.ProcessRunner;

/** Joins the places where hooks run. */
final class HookRunners {
  private HookRunners() {}

  static HookRunner open(ProcessRunner processes, KitchenConfig.Hooks config) {
    HookRunner local = HookRunner.local(processes);
    return HookRunner.of(
        local,
        (_, _, _) -> {
          throw new UnsupportedOperationException("where: node");
        },
        new ContainerHooks(config.containerEngine(), processes));
  }
}
