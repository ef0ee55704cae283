package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.PluginLock;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.StringNode;

/** Writes the lock file: whole or not at all, and always in the same order. */
final class LockFile {
  private static final Comparator<PluginPin> ORDER =
      Comparator.comparing(PluginPin::repo).thenComparing(PluginPin::ref);

  private LockFile() {}

  /** The file's text. */
  static String text(Collection<PluginPin> pins) {
    List<PluginPin> sorted = pins.stream().sorted(ORDER).toList();
    String entries = sorted.stream().map(LockFile::entry).collect(Collectors.joining(",\n"));
    return """
    {
      "version": %d,
      "plugins": [%s]
    }
    """
        .formatted(PluginLock.VERSION, entries.isEmpty() ? "" : "\n" + entries + "\n  ");
  }

  private static String entry(PluginPin pin) {
    return """
        {
          "repo": %s,
          "ref": %s,
          "kind": %s,
          "commit": %s,
          "tree": %s
        }\
    """
        .formatted(
            quoted(pin.repo()),
            quoted(pin.ref()),
            quoted(pin.kind().word()),
            quoted(pin.commit()),
            quoted(pin.tree()));
  }

  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }

  /**
   * Writes it, if that changes anything. Only for who holds the lock of the kitchen's plugins.
   *
   * @throws FixException if the kitchen cannot be written to
   */
  static void write(Path kitchen, Collection<PluginPin> pins) {
    Path named = kitchen.resolve(PluginLock.FILE);
    try {
      Path file = Files.exists(named) ? named.toRealPath() : named;
      String text = text(pins);
      boolean exists = Files.exists(file);
      if (exists ? Files.readString(file).equals(text) : pins.isEmpty()) {
        return;
      }
      AtomicFile.write(file, text, "rw-r--r--");
    } catch (IOException e) {
      throw FixException.invalid(
              "cannot write %s: %s".formatted(named, e.getMessage()),
              "nothing was pinned; the kitchen must be yours to write to")
          .causedBy(e);
    }
  }
}
