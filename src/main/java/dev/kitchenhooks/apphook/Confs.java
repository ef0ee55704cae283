package dev.kitchenhooks.apphook;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory {@code confs/}: in the kitchen, else beside it. It need not be there.
 *
 * @param kitchen the kitchen's directory
 * @param directory where the configuration lies, or would lie
 */
public record Confs(Path kitchen, Path directory) {
  private static final String NAME = "confs";

  /** That of a kitchen. */
  public static Confs of(Path kitchen) {
    Path within = kitchen.resolve(NAME);
    Path beside = kitchen.resolveSibling(NAME);
    return new Confs(
        kitchen, !Files.isDirectory(within) && Files.isDirectory(beside) ? beside : within);
  }

  /** A file of it, by its path below {@code confs/}. */
  public Path file(String path) {
    return directory.resolve(path);
  }

  /** A file as shown in problems. */
  public String shown(Path file) {
    return kitchen.relativize(file).toString();
  }
}
