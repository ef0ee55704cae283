package dev.kitchenhooks.hook;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A kitchen's hooks on disk, in a temporary directory. */
final class TestKitchen {
  /** What {@code [hooks]} says by default, but for the phase {@code promote}. */
  static final KitchenConfig.Hooks CONFIG =
      new KitchenConfig.Hooks(
          new TreeSet<>(List.of("promote")),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Optional.empty(),
          Path.of("/nowhere"));

  final Path dir;

  TestKitchen(Path dir) {
    this.dir = dir;
  }

  TestKitchen definition(String name, String json) throws IOException {
    return definition(name, json.getBytes(StandardCharsets.UTF_8));
  }

  TestKitchen definition(String name, byte[] content) throws IOException {
    Path file = dir.resolve("hook-defs").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  Path script(String name, String text, String permissions) throws IOException {
    Path file = dir.resolve("hooks").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  Path script(String name) throws IOException {
    return script(name, "#!/bin/sh\n", "rwxr-xr-x");
  }

  Loaded load() {
    return HookDefinitions.load(dir, CONFIG);
  }

  static List<String> lines(List<Problem> problems) {
    return problems.stream().map(Problem::format).toList();
  }

  static SortedSet<String> set(String... words) {
    return new TreeSet<>(List.of(words));
  }
}
