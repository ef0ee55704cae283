package dev.kitchenhooks.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A copy of one of the ported kitchens, that a test may run and change. */
final class SeedKitchen {
  /** Where the ported kitchens lie; {@code docs/coming-from.md} shows their definitions. */
  static final Path ALL = Path.of("src/test/resources/dev/kitchenhooks/seeds");

  private final Path directory;
  private final Map<String, String> environment = new TreeMap<>();

  private SeedKitchen(Path directory) {
    this.directory = directory;
  }

  static SeedKitchen copy(String name, Path to) throws IOException {
    Path from = ALL.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Files.setPosixFilePermissions(
        to.resolve("littlechef.cfg"), PosixFilePermissions.fromString("rw-------"));
    return new SeedKitchen(to);
  }

  Path directory() {
    return directory;
  }

  /** Puts a setting into a section that is not there yet. */
  SeedKitchen cfg(String... lines) throws IOException {
    Files.writeString(
        directory.resolve("littlechef.cfg"),
        "\n" + String.join("\n", lines) + "\n",
        StandardOpenOption.APPEND);
    return this;
  }

  SeedKitchen replace(String file, String what, String by) throws IOException {
    Path path = directory.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(what);
    Files.writeString(path, text.replace(what, by));
    return this;
  }

  /** A file of the given lines, executable. */
  SeedKitchen program(String file, String... lines) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  SeedKitchen delete(String... files) throws IOException {
    for (String file : files) {
      Files.delete(directory.resolve(file));
    }
    return this;
  }

  /** One more variable for every command from now on. */
  SeedKitchen with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs {@code fix} and reports it as JSON lines. */
  Ran run(String... words) {
    var all = new ArrayList<>(List.of("--output", "json"));
    all.addAll(Arrays.asList(words));
    return new Ran(fix(all.toArray(String[]::new)));
  }

  FixResult fix(String... words) {
    FixCommand fix = FixCommand.in(directory);
    environment.forEach(fix::with);
    return fix.run(words);
  }

  /** How a run went. */
  record Ran(FixResult result) {
    int exit() {
      return result.exit();
    }

    private Stream<JsonNode> events(String kind) {
      return result.events().stream().filter(e -> e.path("event").asString().equals(kind));
    }

    /** The hooks in the order in which they ended: {@code NAME: exit code}. */
    List<String> hooks() {
      return events("hook-finished")
          .map(e -> e.path("hook").asString() + ": " + e.path("exit_code").asInt())
          .toList();
    }

    /** Every line that a hook printed. */
    List<String> output(String hook) {
      return events("hook-output")
          .filter(e -> e.path("hook").asString().equals(hook))
          .map(e -> e.path("line").asString())
          .toList();
    }

    /** The order in which hooks began and ended: {@code +NAME}, {@code -NAME}. */
    List<String> order() {
      return result.events().stream()
          .filter(e -> e.path("event").asString().matches("hook-(started|finished)"))
          .map(e ->
              (e.path("event").asString().equals("hook-started") ? "+" : "-")
                  + e.path("hook").asString())
          .toList();
    }
  }
}
