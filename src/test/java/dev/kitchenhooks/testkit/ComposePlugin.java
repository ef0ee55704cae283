package dev.kitchenhooks.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code docker compose}: the machine's own, or the one that {@code ./dev test} has put into {@code
 * target/docker}.
 */
public final class ComposePlugin {
  private static final Path FETCHED = Path.of("target", "docker").toAbsolutePath();

  private final Map<String, String> variables;

  private ComposePlugin(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Skips the test where there is none, saying why. */
  public static ComposePlugin require() {
    Optional<ComposePlugin> found = find();
    assumeTrue(
        found.isPresent(), "no docker compose: neither a plugin of docker nor one in " + FETCHED);
    return found.orElseThrow();
  }

  private static Optional<ComposePlugin> find() {
    for (ComposePlugin each :
        List.of(
            new ComposePlugin(Map.of()),
            new ComposePlugin(Map.of("DOCKER_CONFIG", FETCHED.toString())))) {
      if (each.run(Path.of(""), "version").exit() == 0) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** What {@code docker} needs in its environment to have it. */
  public Map<String, String> variables() {
    return variables;
  }

  /** Runs {@code docker compose ARGUMENTS} to its end. */
  public FixResult run(Path directory, String... arguments) {
    try {
      Path out = Files.createTempFile("compose", ".out");
      Path err = Files.createTempFile("compose", ".err");
      try {
        var words = new ArrayList<>(List.of("docker", "compose"));
        words.addAll(List.of(arguments));
        var builder =
            new ProcessBuilder(words)
                .directory(directory.toAbsolutePath().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(variables);
        return new FixResult(builder.start().waitFor(), text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      return new FixResult(127, "", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new FixResult(130, "", "interrupted");
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
