package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the kitchen that a command is meant for. */
public final class KitchenFinder {
  private static final List<String> CONFIG_FILES =
      List.of("littlechef.cfg", "config.cfg", "auth.cfg");
  private static final List<String> BESIDE_NODES =
      List.of("roles", "cookbooks", "site-cookbooks", "hook-defs");

  private KitchenFinder() {}

  /**
   * The kitchen's directory: absolute, links resolved.
   *
   * @param chosen what {@code --kitchen} says
   * @param workingDirectory where to look else: there, then in its parents from the nearest on
   * @throws FixException if there is none
   */
  public static Path find(Optional<Path> chosen, Path workingDirectory) {
    if (chosen.isPresent()) {
      return chosen(workingDirectory.resolve(chosen.get()));
    }
    for (Path at = real(workingDirectory); at != null; at = at.getParent()) {
      if (isKitchen(at)) {
        return at;
      }
    }
    throw FixException.invalid(
        "%s is not in a kitchen: neither it nor a directory above has a littlechef.cfg"
            .formatted(workingDirectory),
        "cd to the kitchen, or name it with --kitchen DIR");
  }

  private static Path chosen(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw FixException.invalid(
          "--kitchen %s: there is no such directory".formatted(directory),
          "name the directory that holds littlechef.cfg and nodes/");
    }
    Path real = real(directory);
    if (!isKitchen(real)) {
      throw FixException.invalid(
          "--kitchen %s: this is not a kitchen: it has no littlechef.cfg".formatted(directory),
          "name the directory that holds littlechef.cfg and nodes/");
    }
    return real;
  }

  /** Whether a directory is a kitchen: by its configuration file, or by what lies beside nodes. */
  public static boolean isKitchen(Path directory) {
    return CONFIG_FILES.stream().anyMatch(name -> Files.isRegularFile(directory.resolve(name)))
        || (Files.isDirectory(directory.resolve("nodes"))
            && BESIDE_NODES.stream().anyMatch(name -> Files.isDirectory(directory.resolve(name))));
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw FixException.invalid(
              "the directory %s cannot be read: %s".formatted(directory, e.getMessage()),
              "check its permissions")
          .causedBy(e);
    }
  }
}
