package dev.kitchenhooks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes, before or after its name. */
final class GlobalOptions {
  enum OutputFormat {
    text,
    json
  }

  @Option(
      scope = ScopeType.INHERIT,
      names = "--kitchen",
      paramLabel = "DIR",
      description = "The kitchen. Default: this directory, or its nearest parent that is one.")
  @Nullable Path kitchen;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json: one event or one answer a line, on stdout.")
  OutputFormat output = OutputFormat.text;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--no-color",
      description = "No colours. So does the variable NO_COLOR.")
  boolean noColor;

  @Option(
      scope = ScopeType.INHERIT,
      names = {"-d", "--debug"},
      description =
          "Let chef log at its debug level; show the stack trace of an error that is a bug.")
  boolean debug;

  /**
   * Those that are not at their defaults.
   *
   * @param home the kitchen, where it must be named
   */
  List<String> asWords(Optional<Path> home) {
    var words = new ArrayList<>(List.of("--output", output.name()));
    home.ifPresent(path -> words.addAll(List.of("--kitchen", path.toString())));
    if (noColor) {
      words.add("--no-color");
    }
    if (debug) {
      words.add("--debug");
    }
    return words;
  }

  boolean json() {
    return output == OutputFormat.json;
  }
}
