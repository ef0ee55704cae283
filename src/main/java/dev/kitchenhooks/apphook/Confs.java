package dev.kitchenhooks.apphook;

import dev.kitchenhooks.json.SourceText;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory {@code confs/}: in the kitchen, else beside it. What it does not have is taken from
 * the one that fix brings along.
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
    boolean isBeside = !Files.isDirectory(within) && Files.isDirectory(beside);
    return new Confs(kitchen, isBeside ? beside : within);
  }

  /** A file of it, by its path below {@code confs/}. */
  public Path file(String path) {
    return directory.resolve(path);
  }

  /** A file as shown in problems. */
  public String shown(Path file) {
    return kitchen.relativize(file).toString();
  }

  /**
   * The text of a file.
   *
   * @param problems receives why it cannot be read
   * @return null where it cannot be read, or is neither here nor among those of fix
   */
  public @Nullable String text(String path, Problems problems) {
    return Files.exists(file(path))
        ? SourceText.read(file(path), shown(file(path)), problems)
        : broughtAlong(path);
  }

  private static @Nullable String broughtAlong(String path) {
    try (InputStream in = Confs.class.getResourceAsStream("/dev/kitchenhooks/confs/" + path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
