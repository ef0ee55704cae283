package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that can be found wrong with a kitchen's hooks without running them. */
public final class HookLint {
  private HookLint() {}

  /**
   * Checks everything: what loading found, the programs on disk, and the filters against the
   * kitchen.
   *
   * @param kitchenDir the kitchen
   * @param loaded its definitions
   * @param kitchen what its filters may name
   * @param config its {@code [hooks]} section
   * @return errors, which stop every run, and warnings, sorted by place
   */
  public static List<Problem> lint(
      Path kitchenDir, Loaded loaded, KitchenNames kitchen, KitchenConfig.Hooks config) {
    var problems = new Problems();
    problems.addAll(loaded.problems());
    problems.addAll(HookTrust.check(kitchenDir, loaded));
    problems.addAll(filters(loaded, kitchen));
    problems.addAll(phases(loaded, config));
    plugins(kitchenDir, loaded).forEach(p -> problems.add(p.withRule(LintRule.PLUGIN.id())));
    problems.addAll(NameLint.check(loaded, config));
    problems.addAll(OrderLint.check(loaded));
    problems.addAll(DiskLint.check(kitchenDir, loaded));
    return problems.sorted();
  }

  /** Filters that name what the kitchen does not have, or that no node can match. */
  static List<Problem> filters(Loaded loaded, KitchenNames kitchen) {
    var problems = new Problems();
    Map<FilterKey, Set<String>> known = known(kitchen);
    var index = new NodeIndex(kitchen.nodes().stream().filter(node -> !node.dummy()).toList());
    for (HookDefinition hook : loaded.hooks()) {
      var document = loaded.documents().get(hook.name());
      if (document != null) {
        new FilterLint(hook, document, new Report(document, problems), known, index).check();
      }
    }
    return problems.sorted();
  }

  private static List<Problem> phases(Loaded loaded, KitchenConfig.Hooks config) {
    if (loaded.problems().stream().anyMatch(Problem::isError)) {
      // A definition with an error may be the one that uses it.
      return List.of();
    }
    var unused = new TreeSet<>(config.phases());
    HookType.BUILT_IN.forEach(unused::remove);
    for (HookDefinition hook : loaded.hooks()) {
      hook.types().forEach(type -> unused.remove(type.phase()));
    }
    return unused.stream()
        .map(phase -> "the phase \"%s\" is declared, but no hook uses it".formatted(phase))
        .map(message ->
            Problem.warning("littlechef.cfg", 0, 0, message).withRule(LintRule.UNUSED.id()))
        .toList();
  }

  /** Plugins that have to be fetched before they can run, and pins that nobody needs. */
  private static List<Problem> plugins(Path kitchenDir, Loaded loaded) {
    var problems = new Problems();
    for (HookDefinition hook : loaded.hooks()) {
      Optional<Plugin> plugin = hook.plugin().filter(p -> p.pin().isPresent() && !p.isFetched());
      var document = loaded.documents().get(hook.name());
      if (plugin.isPresent() && document != null) {
        new Report(document, problems)
            .warningAtKey(
                "/plugin",
                "the plugin is pinned at %s and not fetched yet"
                    .formatted(plugin.get().pin().orElseThrow().shortCommit()),
                "fix hooks update --locked fetches it, or else the first run that needs it");
      }
    }
    if (loaded.problems().stream().noneMatch(Problem::isError)) {
      // A definition with an error may be the one that uses a pin.
      unusedPins(kitchenDir, loaded).forEach(problems::add);
    }
    return problems.sorted();
  }

  private static Stream<Problem> unusedPins(Path kitchenDir, Loaded loaded) {
    List<PluginSource> used =
        loaded.hooks().stream().flatMap(h -> h.plugin().stream()).map(Plugin::source).toList();
    var ofLock = new Problems();
    PluginLock lock = PluginLock.read(kitchenDir, ofLock);
    // With plugins, loading has said what is wrong with the file.
    Stream<Problem> faults =
        used.isEmpty() ? ofLock.sorted().stream().map(Problem::asWarning) : Stream.of();
    return Stream.concat(
        faults,
        lock.entries().stream()
            .filter(entry -> used.stream().noneMatch(entry.pin()::isOf))
            .map(HookLint::unused));
  }

  private static Problem unused(PluginLock.Entry entry) {
    String message =
        "no hook uses %s %s any more"
            .formatted(JsonText.quoted(entry.pin().repo()), JsonText.quoted(entry.pin().ref()));
    return Problem.warning(PluginLock.FILE, entry.at().line(), entry.at().column(), message)
        .withHint("fix hooks update drops it");
  }

  /** The names that literal values of a filter may have; keys that take any value are not there. */
  private static Map<FilterKey, Set<String>> known(KitchenNames kitchen) {
    var environments = new TreeSet<>(kitchen.environments());
    // Nodes without an environment are in this one, and it has no file.
    environments.add("_default");
    kitchen.nodes().stream().map(NodeFacts::environment).forEach(environments::add);
    var nodes = new TreeSet<String>();
    kitchen.nodes().stream().map(NodeFacts::fqdn).forEach(nodes::add);
    return Map.of(
        FilterKey.CHEF_ENVIRONMENT, environments,
        FilterKey.ROLES, kitchen.roles(),
        FilterKey.NODES, nodes);
  }
}
