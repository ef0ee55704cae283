package dev.kitchenhooks.cli;

import dev.kitchenhooks.chef.NodeHooks;
import dev.kitchenhooks.container.ContainerHooks;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.run.HookRunner;
import dev.kitchenhooks.run.ProcessRunner;

/** Joins the places where hooks run. */
final class HookRunners {
  private HookRunners() {}

  static HookRunner open(ProcessRunner processes, KitchenConfig config) {
    HookRunner local = HookRunner.local(processes);
    return HookRunner.of(
        local,
        new NodeHooks(config.converge(), config.ssh().password()),
        new ContainerHooks(config.hooks().containerEngine(), processes));
  }
}
