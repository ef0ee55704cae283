package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.Plugin;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.store.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The directories in which the files of plugins lie, each beside a list of what is in it. Changed
 * only by whoever holds the lock; every step is a rename, so that whoever dies leaves either the
 * whole of a directory or none.
 */
final class Checkouts {
  private static final String LIST = ".files";
  private static final String STAGING = ".staging";

  private final Path plugins;

  /**
   * @param plugins the directory that they all lie in
   */
  Checkouts(Path plugins) {
    this.plugins = plugins;
  }

  /** A new empty directory to fetch into; on the same disk. */
  Path staging() throws IOException {
    Path staging = plugins.resolve(STAGING);
    Files.createDirectories(staging);
    String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return Files.createDirectory(
        staging.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Removes what somebody who died has left; also whatever was fetched and not put in its place.
   */
  void clean() throws IOException {
    Directories.remove(plugins.resolve(STAGING));
  }

  /** Puts fetched files in their place, and what was there away. */
  void install(Plugin plugin, Fetched fetched) throws IOException {
    if (plugin.isFetched() && Manifest.of(plugin.checkout()).equals(fetched.manifest())) {
      return; // another ref stands for the same commit
    }
    Path list = fetched.tree().resolveSibling("files");
    Files.writeString(list, fetched.manifest().text(), StandardCharsets.US_ASCII);
    if (Files.exists(plugin.checkout(), LinkOption.NOFOLLOW_LINKS)) {
      Files.move(
          plugin.checkout(),
          fetched.tree().resolveSibling("replaced"),
          StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(list, list(plugin.checkout()), StandardCopyOption.ATOMIC_MOVE);
    Files.move(fetched.tree(), plugin.checkout(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes all checkouts but those of these pins. */
  void removeAllBut(Set<Path> kept) throws IOException {
    try (Stream<Path> all = Files.list(plugins)) {
      for (Path each : all.toList()) {
        String name = String.valueOf(each.getFileName());
        Path checkout =
            name.endsWith(LIST)
                ? plugins.resolve(name.substring(0, name.length() - LIST.length()))
                : each;
        if (!name.startsWith(".") && !kept.contains(checkout)) {
          if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            // Out of sight at once: a half-removed checkout would look like a changed one.
            Path away = staging().resolve("removed");
            Files.move(each, away, StandardCopyOption.ATOMIC_MOVE);
          } else {
            Files.delete(each);
          }
        }
      }
    }
  }

  /**
   * How the files of a plugin differ from what is pinned; empty where they do not. The list may be
   * empty where nobody can say any more which file it is.
   */
  static Optional<List<FileChange>> changed(Plugin plugin, PluginPin pin) throws IOException {
    Manifest now = Manifest.of(plugin.checkout());
    if (now.digest().equals(pin.tree())) {
      return Optional.empty();
    }
    return Optional.of(
        fetchedFiles(plugin)
            .filter(then -> then.digest().equals(pin.tree()))
            .map(now::anythingSince)
            .orElse(List.of()));
  }

  /** What was in a checkout when it was fetched; not to be trusted but by its digest. */
  static Optional<Manifest> fetchedFiles(Plugin plugin) throws IOException {
    Path list = list(plugin.checkout());
    return Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Manifest.parse(Files.readString(list, StandardCharsets.ISO_8859_1)))
        : Optional.empty();
  }

  private static Path list(Path checkout) {
    return checkout.resolveSibling(checkout.getFileName() + LIST);
  }
}
