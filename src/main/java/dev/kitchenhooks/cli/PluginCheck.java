package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.plugin.Caller;
import dev.kitchenhooks.plugin.PluginGate;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.StopRequest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes sure of the plugins that a run needs; does nothing, and loads nothing, without any. */
@FunctionalInterface
interface PluginCheck extends AutoCloseable {
  @Override
  void close();

  /**
   * Fetches what is pinned and not here, checks all of it, and keeps it until closed.
   *
   * @param loaded where the hooks come from
   * @param hooks all that may run
   */
  static PluginCheck open(
      Shell shell, Kitchen kitchen, Loaded loaded, Stream<HookDefinition> hooks) {
    // A plan has a hook once for each of its nodes, and few different ones.
    Set<HookDefinition> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    hooks.filter(hook -> hook.plugin().isPresent()).forEach(distinct::add);
    return distinct.isEmpty() ? () -> {} : fetched(shell, kitchen, loaded, List.copyOf(distinct));
  }

  /** An error for each hook whose plugin is here and is not what was pinned. */
  static List<Problem> problems(Loaded loaded) {
    List<HookDefinition> hooks =
        loaded.hooks().stream().filter(h -> h.enabled() && h.plugin().isPresent()).toList();
    return hooks.isEmpty() ? List.of() : PluginGate.check(hooks);
  }

  private static PluginCheck fetched(
      Shell shell, Kitchen kitchen, Loaded loaded, List<HookDefinition> hooks) {
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
        HookTrust.check(kitchen.directory(), new Loaded(hooks, List.of(), loaded.documents())));
    if (problems.hasErrors()) {
      gate.close();
      problems.throwIfErrors("the hooks of a plugin cannot be run; nothing has run");
    }
    return gate::close;
  }
}
