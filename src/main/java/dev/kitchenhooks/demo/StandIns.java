package dev.kitchenhooks.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The programs that an embedded node has in its {@code bin} in place of the real ones: {@code
 * chef-solo}, which configures nothing and says so, and {@code sudo}, which only runs its command.
 * What {@code chef-solo} does is set by files in {@code stand-in/}; its own comment names them.
 */
public final class StandIns {
  private StandIns() {}

  /** Puts the programs into {@code home/bin}. */
  public static void install(Path home) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(settings(home));
    for (String program : List.of("chef-solo", "sudo")) {
      Path file = bin.resolve(program);
      try (InputStream script = StandIns.class.getResourceAsStream("bin/" + program)) {
        if (script == null) {
          throw new IllegalStateException("not packaged: bin/" + program);
        }
        Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The directory whose files say what the stand-in {@code chef-solo} of a node does. */
  public static Path settings(Path home) {
    return home.resolve("stand-in");
  }
}
