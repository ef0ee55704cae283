package dev.kitchenhooks.cli;

import picocli.CommandLine.Option;

/** What a run takes that configures nodes. */
final class ConvergeOptions {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before node:all.")
  boolean yes;

  @Option(names = "--dry-run", description = "Show the plan; start nothing, connect to nothing.")
  boolean dryRun;

  @Option(
      names = "--why-run",
      description = "Converge in why-run mode; only hooks that say \"why_run\": true run.")
  boolean whyRun;
}
