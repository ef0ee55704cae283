package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kitchen as LittleChef's users have them: three levels of roles, environments with attributes,
 * wrapper cookbooks around vendored ones, an encrypted data bag, a host of virtual machines and a
 * dummy.
 */
public final class LittleChefKitchen {
  private static final Path SOURCE =
      Path.of("src/test/resources/dev/kitchenhooks/littlechef-kitchen");

  private LittleChefKitchen() {}

  /** A copy in a directory, that a test may run and change. */
  public static KitchenBuilder copyTo(Path directory) {
    KitchenBuilder kitchen = KitchenBuilder.in(directory);
    try (Stream<Path> files = Files.walk(SOURCE)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        kitchen.bytes(SOURCE.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kitchen
        .permissions("littlechef.cfg", "rw-------")
        .permissions("encrypted_data_bag_secret", "rw-------");
  }
}
