package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.HookedCommand;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * For which nodes a hook is tried.
 *
 * @param madeUp whether the kitchen has none of them
 */
record SampleNodes(List<NodeFacts> nodes, boolean madeUp) {
  private static final String FQDN = "sample.example.com";

  /** Those of the kitchen that it would run for, one for a node hook; else one that is made up. */
  static SampleNodes of(Kitchen kitchen, HookDefinition hook, HookType type) {
    if (hook.place() instanceof Place.Node) {
      throw FixException.invalid(
          "\"%s\" runs on its node, which must be a real one".formatted(hook.name()),
          "say which: --node FQDN");
    }
    BiPredicate<HookDefinition, NodeFacts> matches = RunTools.matches(HookedCommand.FIX);
    List<NodeFacts> sound = kitchen.soundNodes().stream().filter(node -> !node.dummy()).toList();
    Optional<NodeFacts> first = sound.stream().filter(node -> matches.test(hook, node)).findFirst();
    if (first.isEmpty()) {
      return new SampleNodes(List.of(madeUp(hook)), true);
    }
    return new SampleNodes(type.scope() == Scope.NODE ? List.of(first.get()) : sound, false);
  }

  /** For people. */
  String text() {
    String names = nodes.stream().map(NodeFacts::fqdn).collect(Collectors.joining(", "));
    return madeUp ? names + ", a node that is made up: the kitchen has none that matches" : names;
  }

  private static NodeFacts madeUp(HookDefinition hook) {
    SortedSet<String> fqdns = values(hook, FilterKey.NODES);
    SortedSet<String> environments = values(hook, FilterKey.CHEF_ENVIRONMENT);
    SortedSet<String> platforms = values(hook, FilterKey.PLATFORM);
    return new NodeFacts(
        fqdns.isEmpty() ? FQDN : fqdns.first(),
        environments.isEmpty() ? "_default" : environments.first(),
        values(hook, FilterKey.ROLES),
        values(hook, FilterKey.RECIPES),
        values(hook, FilterKey.TAGS),
        platforms.stream().findFirst(),
        false,
        List.of());
  }

  /** What the filters ask for, with something in the place of what a glob leaves open. */
  private static SortedSet<String> values(HookDefinition hook, FilterKey key) {
    return hook.filters().values().getOrDefault(key, List.of()).stream()
        .filter(pattern -> !pattern.startsWith("!"))
        .map(pattern -> pattern.replace("*", "sample").replace("?", "1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
