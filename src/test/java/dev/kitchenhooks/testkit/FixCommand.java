package dev.kitchenhooks.testkit;

import dev.kitchenhooks.cli.FixCli;
import dev.kitchenhooks.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code fix} inside the tests' own JVM, as if it had been started in a kitchen without a
 * terminal.
 */
public final class FixCommand {
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private InputStream answers = InputStream.nullInputStream();
  private boolean person;

  private FixCommand(Path directory) {
    this.directory = directory;
    // The tests may themselves run inside of something that fix wraps.
    environment.keySet().removeIf(name -> name.startsWith("FIX_") || name.equals("SSH_AUTH_SOCK"));
    environment.put("HOME", directory.toString());
    environment.put("USER", "tester");
  }

  /**
   * In a directory, usually a kitchen; it is the home directory too, so that nobody's ssh_config is
   * read.
   */
  public static FixCommand in(Path directory) {
    return new FixCommand(directory);
  }

  /** The same in a kitchen that is still being built. */
  public static FixCommand in(KitchenBuilder kitchen) {
    return new FixCommand(kitchen.directory());
  }

  /** With one more variable. */
  public FixCommand with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** With a person at a terminal, who answers. */
  public FixCommand answering(String text) {
    answers = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    person = true;
    return this;
  }

  /** Runs it to its end. */
  public FixResult run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit =
        FixCli.run(
            List.of(words),
            new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                answers,
                environment,
                directory,
                person,
                false,
                false,
                false));
    return new FixResult(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
