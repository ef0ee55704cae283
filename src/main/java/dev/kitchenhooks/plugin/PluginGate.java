package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.Plugin;
import dev.kitchenhooks.hook.PluginLock;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lets only plugins run whose files are here and are what was pinned. To be asked right before a
 * run, and kept open until its end.
 */
public final class PluginGate implements AutoCloseable {
  private static final int MOST_FILES = 5;

  private final PluginFiles inUse;

  private PluginGate(PluginFiles inUse) {
    this.inUse = inUse;
  }

  /**
   * Fetches what is pinned and not here, and checks all of it.
   *
   * @param hooks those that will run
   * @param say is told before something is fetched
   * @throws FixException if a plugin cannot be fetched or is not what was pinned; nothing may run
   */
  public static PluginGate open(
      Kitchen kitchen, Collection<HookDefinition> hooks, Caller caller, Consumer<String> say) {
    Path plugins = kitchen.state().plugins();
    PluginFiles inUse = PluginFiles.toUse(plugins);
    try {
      Collection<Plugin> needed = distinct(hooks);
      List<Plugin> missing = needed.stream().filter(plugin -> !plugin.isFetched()).toList();
      if (!missing.isEmpty()) {
        fetch(kitchen, plugins, missing, caller, say);
      }
      List<Problem> changed = changed(needed);
      if (!changed.isEmpty()) {
        throw FixException.invalid("a plugin is not what was pinned; nothing has run", changed);
      }
      return new PluginGate(inUse);
    } catch (RuntimeException | Error e) {
      inUse.close();
      throw e;
    }
  }

  @Override
  public void close() {
    inUse.close();
  }

  /**
   * What is wrong with the plugins of hooks whose files are here: an error for each that is not
   * what was pinned. Fetches nothing.
   */
  public static List<Problem> check(Collection<HookDefinition> hooks) {
    return changed(distinct(hooks).stream().filter(Plugin::isFetched).toList());
  }

  /** Each pin of each repository once. */
  private static Collection<Plugin> distinct(Collection<HookDefinition> hooks) {
    Map<PluginPin, Plugin> distinct = new LinkedHashMap<>();
    hooks.stream()
        .flatMap(hook -> hook.plugin().stream())
        .forEach(plugin -> plugin.pin().ifPresent(pin -> distinct.putIfAbsent(pin, plugin)));
    return distinct.values();
  }

  private static void fetch(
      Kitchen kitchen, Path plugins, List<Plugin> missing, Caller caller, Consumer<String> say) {
    var pinning = new Pinning(kitchen, plugins, caller);
    var problems = new ArrayList<Problem>();
    // Another run may be fetching the same; then there is nothing left to fetch.
    try (PluginFiles _ = PluginFiles.toChange(plugins, caller.limit(), caller.stop(), say)) {
      for (Plugin plugin : missing) {
        PluginPin pin = plugin.pin().orElseThrow();
        say.accept("fetching " + plugin.source().shown() + ", pinned at " + pin.shortCommit());
        try {
          pinning.fetchPinned(plugin.source(), pin);
        } catch (PluginException e) {
          Fault fault = e.fault();
          if (fault.exitCode() == ExitCode.INTERRUPTED) {
            throw new FixException(
                ExitCode.INTERRUPTED, "interrupted while fetching; nothing has run", null);
          }
          problems.add(
              Problem.error(PluginLock.FILE, 0, 0, shown(plugin) + ": " + fault.message())
                  .withHint(fault.hint()));
        }
      }
      new Checkouts(plugins).clean();
    } catch (IOException e) {
      throw FixException.invalid("cannot write %s: %s".formatted(plugins, e), (String) null)
          .causedBy(e);
    }
    if (!problems.isEmpty()) {
      throw FixException.invalid("plugins cannot be fetched; nothing has run", problems);
    }
  }

  private static List<Problem> changed(Collection<Plugin> plugins) {
    var problems = new ArrayList<Problem>();
    for (Plugin plugin : plugins) {
      try {
        Optional<List<FileChange>> changes = Checkouts.changed(plugin, plugin.pin().orElseThrow());
        changes.ifPresent(files -> problems.add(changed(plugin, files)));
      } catch (IOException e) {
        problems.add(
            Problem.error(
                PluginLock.FILE, 0, 0, shown(plugin) + ": its files cannot be read: " + e));
      }
    }
    return problems;
  }

  private static Problem changed(Plugin plugin, List<FileChange> files) {
    String which =
        files.stream()
            .limit(MOST_FILES)
            .map(file -> file.path() + " was " + file.word())
            .collect(Collectors.joining(", "));
    int more = files.size() - Math.min(files.size(), MOST_FILES);
    return Problem.error(
            PluginLock.FILE,
            0,
            0,
            "%s: its files in %s are not what was pinned%s%s"
                .formatted(
                    shown(plugin),
                    plugin.checkout(),
                    which.isEmpty() ? "" : ": " + which,
                    more == 0 ? "" : " and %d more".formatted(more)))
        .withHint("fix hooks update --locked fetches them again");
  }

  private static String shown(Plugin plugin) {
    return "plugin " + plugin.source().shown();
  }
}
