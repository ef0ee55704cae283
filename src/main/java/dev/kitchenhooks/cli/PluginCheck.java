package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plugin.Caller;
import dev.kitchenhooks.plugin.PluginGate;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.StopRequest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Makes sure of the plugins that a run needs; does nothing, and loads nothing, without any. */
@FunctionalInterface
interface PluginCheck extends AutoCloseable {
  @Override
  void close();

  /** The hooks of a plan that come from plugins. */
  static List<HookDefinition> needed(RunPlan plan) {
    return Stream.of(
            plan.globalPre().stream(),
            plan.globalPost().stream(),
            plan.nodes().stream().flatMap(PluginCheck::hooks))
        .flatMap(hooks -> hooks)
        .map(PlannedHook::definition)
        .filter(hook -> hook.plugin().isPresent())
        .distinct()
        .toList();
  }

  private static Stream<PlannedHook> hooks(PlannedNode node) {
    return Stream.concat(node.pre().stream(), node.post().stream());
  }

  /**
   * Fetches what is pinned and not here, checks all of it, and keeps it until closed.
   *
   * @param loaded where the hooks come from
   */
  static PluginCheck open(
      Shell shell, Kitchen kitchen, Loaded loaded, Collection<HookDefinition> hooks) {
    return hooks.isEmpty() ? () -> {} : fetched(shell, kitchen, loaded, hooks);
  }

  private static PluginCheck fetched(
      Shell shell, Kitchen kitchen, Loaded loaded, Collection<HookDefinition> hooks) {
    var stop = new StopRequest();
    PluginGate gate;
    try (Signals _ = shell.stopOnSignal(stop)) {
      gate =
          PluginGate.open(
              kitchen,
              hooks,
              new Caller(shell.around().environment(), Caller.DEFAULT_LIMIT, stop),
              shell.around().err()::println);
    }
    // Those that were not here before were not looked at.
    var problems = new Problems();
    problems.addAll(
        HookTrust.check(
            kitchen.directory(),
            new Loaded(List.copyOf(hooks), List.of(), loaded.documents())));
    if (problems.hasErrors()) {
      gate.close();
      problems.throwIfErrors("the hooks of a plugin cannot be run; nothing has run");
    }
    return gate::close;
  }
}
