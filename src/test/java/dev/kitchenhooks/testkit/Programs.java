package dev.kitchenhooks.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Real programs that a test needs, from Debian. */
public final class Programs {
  private Programs() {}

  /** Skips the test where a program is missing, saying so. */
  public static Path need(String name) {
    Optional<Path> found = find(name);
    assumeTrue(found.isPresent(), name + " is not installed");
    return found.orElseThrow();
  }

  public static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin:/bin";
    return Stream.of(path.split(":", -1))
        .map(dir -> Path.of(dir, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs one, which must exit with 0, and returns what it wrote. */
  public static String run(List<String> argv) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(argv)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", String.join(" ", argv), output).isZero();
    return output;
  }
}
