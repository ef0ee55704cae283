package dev.kitchenhooks.vendor;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Calls Berkshelf or Chef's own tool. What they print is shown only if they fail. */
final class VendorTool {
  private static final String FILE = "{file}";
  private static final String DIRECTORY = "{directory}";
  private static final List<String> BERKS =
      List.of("berks", "vendor", DIRECTORY, "--berksfile", FILE);
  private static final List<String> INSTALL = List.of("chef", "install", FILE);
  private static final List<String> EXPORT = List.of("chef", "export", FILE, DIRECTORY);

  /** What {@code chef export} calls a cookbook: its name and the digest of its content. */
  private static final Pattern ARTIFACT = Pattern.compile("(.+)-[0-9a-f]{40}");

  private static final Duration KILL_AFTER = Duration.ofSeconds(10);
  private static final int SHOWN_LINES = 200;
  private static final int SHOWN_BYTES = 64 * 1024;

  private final Path kitchen;
  private final KitchenConfig.Vendoring settings;
  private final VendorCaller caller;
  private final long endNanos;

  VendorTool(Path kitchen, KitchenConfig.Vendoring settings, VendorCaller caller) {
    this.kitchen = kitchen;
    this.settings = settings;
    this.caller = caller;
    this.endNanos = System.nanoTime() + settings.timeout().toNanos();
  }

  static FixException interrupted() {
    return new FixException(
        ExitCode.INTERRUPTED, "interrupted while vendoring cookbooks; nothing has run", null);
  }

  /**
   * Fills a directory with cookbooks.
   *
   * @param directory that is not there yet
   * @throws FixException if the tool is missing or fails
   */
  void fill(Path directory) throws IOException {
    for (List<String> command : commands()) {
      run(command.stream().map(word -> replaced(word, directory)).toList());
    }
    if (!Files.isDirectory(directory)) {
      throw FixException.invalid(
          "%s has made no cookbooks; nothing has run".formatted(commands().getLast().getFirst()),
          "vendor_command must put them into " + DIRECTORY);
    }
    Path artifacts = directory.resolve("cookbook_artifacts");
    if (Files.isDirectory(artifacts)) {
      takeOut(artifacts, directory);
    }
  }

  private List<List<String>> commands() {
    List<String> own = settings.command();
    if (!own.isEmpty()) {
      boolean says = own.stream().anyMatch(word -> word.contains(DIRECTORY));
      return List.of(says ? own : Stream.concat(own.stream(), Stream.of(DIRECTORY)).toList());
    }
    return switch (settings.source()) {
      case BERKSHELF -> List.of(BERKS);
      case POLICYFILE -> List.of(INSTALL, EXPORT);
    };
  }

  private String replaced(String word, Path directory) {
    return word.replace(FILE, settings.file().toString()).replace(DIRECTORY, directory.toString());
  }

  private void run(List<String> argv) {
    Duration left = Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
    var output = new Tail(SHOWN_LINES, SHOWN_BYTES);
    ProcessResult result =
        new LocalProcesses()
            .run(
                new LocalCommand(
                    argv, caller.environment(), kitchen, Optional.of(left), KILL_AFTER),
                output,
                caller.stop());
    String tool = argv.getFirst();
    switch (result.end()) {
      case EXITED -> {
        if (result.exitCode() != 0) {
          throw failed(output, tool + " has failed with " + result.exitCode());
        }
      }
      case NOT_STARTED ->
          throw FixException.invalid(
              "cookbooks cannot be vendored: %s; nothing has run".formatted(result.detail()),
              "install it, or say vendor_command in littlechef.cfg");
      case TIMED_OUT, OUTPUT_LEFT_OPEN ->
          throw failed(output, tool + " took longer than " + Durations.format(settings.timeout()));
      case STOPPED -> throw interrupted();
      case SIGNALLED, LOST -> throw failed(output, tool + " was " + result.detail());
    }
  }

  private FixException failed(Tail output, String how) {
    output.lines().forEach(line -> caller.tell().accept("  " + line));
    return FixException.invalid(
        "cookbooks cannot be vendored: %s; nothing has run".formatted(how),
        "its output is above; run it by itself to see more");
  }

  /** Of what {@code chef export} makes only the cookbooks are wanted, under their own names. */
  private static void takeOut(Path artifacts, Path directory) throws IOException {
    Path cookbooks = Replacement.beside(directory, ".cookbooks");
    Files.createDirectory(cookbooks);
    List<Path> all = new ArrayList<>();
    try (Stream<Path> found = Files.list(artifacts)) {
      found.forEach(all::add);
    }
    for (Path artifact : all) {
      String name = artifact.getFileName().toString();
      Matcher named = ARTIFACT.matcher(name);
      Files.move(artifact, cookbooks.resolve(named.matches() ? named.group(1) : name));
    }
    Replacement.put(cookbooks, directory);
  }
}
