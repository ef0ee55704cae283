package dev.kitchenhooks.cli;

import picocli.CommandLine.Option;

/** {@code --help}, for every command. */
final class Help {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
