package dev.kitchenhooks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every command takes, before or after its name. */
final class GlobalOptions {
  enum OutputFormat {
    text,
    json
  }

  @Nullable Path kitchen;
  OutputFormat output = OutputFormat.text;
  boolean noColor;
  boolean debug;

  void addTo(Syntax syntax) {
    syntax
        .inherited()
        .path(
            "--kitchen DIR",
            "The kitchen. Default: this directory, or its nearest parent that is one.",
            v -> kitchen = v)
        .choice(
            "--output FORMAT",
            "text, or json: one event or one answer a line, on stdout.",
            OutputFormat.values(),
            OutputFormat.text,
            v -> output = v)
        .flag("--no-color", "No colours. So does the variable NO_COLOR.", v -> noColor = v)
        .flag(
            "-d, --debug",
            "Let chef log at its debug level; show the stack trace of an error that is a bug.",
            v -> debug = v);
  }

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
