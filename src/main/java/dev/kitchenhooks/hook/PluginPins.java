package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is pinned for the plugins of definitions. The lock file is read with the first plugin:
 * most kitchens have none.
 */
final class PluginPins {
  private final Path kitchen;
  private final Path checkouts;
  private final Problems problems;
  private final boolean required;
  private @Nullable PluginLock lock;
  private boolean broken;

  /**
   * @param required whether a plugin that is not pinned is an error
   */
  PluginPins(Path kitchen, Problems problems, boolean required) {
    this.kitchen = kitchen;
    this.checkouts = Kitchen.open(kitchen).state().existingPlugins();
    this.problems = problems;
    this.required = required;
  }

  /** The plugin at its place; says at the definition's {@code plugin} if it has none. */
  Plugin find(PluginSource source, String hook, boolean enabled, Report report) {
    if (!required) {
      return Plugin.in(checkouts, source, Optional.empty());
    }
    PluginLock read = lock();
    Optional<PluginPin> pin = read.pin(source);
    // What is wrong with the definition comes first: it cannot be pinned either.
    if (pin.isEmpty() && !broken && !report.hasErrors()) {
      String message = "the plugin is not pinned yet" + others(read, source);
      boolean plain = hook.matches("[A-Za-z0-9._-]+");
      String hint = "fix hooks update " + (plain ? hook : JsonText.quoted(hook));
      if (enabled) {
        report.errorAtKey("/plugin", message, hint);
      } else {
        report.warningAtKey("/plugin", message, hint);
      }
    }
    return Plugin.in(checkouts, source, pin);
  }

  private static String others(PluginLock lock, PluginSource source) {
    List<String> refs =
        lock.pins()
            .filter(pin -> pin.repo().equals(source.repo()))
            .map(pin -> JsonText.quoted(pin.ref()))
            .toList();
    return refs.isEmpty()
        ? ""
        : " at %s; %s has its %s"
            .formatted(JsonText.quoted(source.ref()), PluginLock.FILE, String.join(", ", refs));
  }

  private PluginLock lock() {
    PluginLock known = lock;
    if (known == null) {
      var ofFile = new Problems();
      known = PluginLock.read(kitchen, ofFile);
      broken = ofFile.hasErrors();
      problems.addAll(ofFile.sorted());
      lock = known;
    }
    return known;
  }
}
