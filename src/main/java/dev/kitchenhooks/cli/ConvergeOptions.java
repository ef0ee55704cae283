package dev.kitchenhooks.cli;

import dev.kitchenhooks.plan.Work;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How nodes are converged. */
final class ConvergeOptions {
  @Option(
      names = "--why-run",
      description = "Converge in why-run mode; only hooks that say \"why_run\": true run.")
  boolean whyRun;

  @Option(names = "--no-report", description = "Keep no log of the converge on the node.")
  boolean noReport;

  @Option(
      names = {"-V", "--verbose"},
      description = "Show what is run on each node, and with which revision of the kitchen.")
  boolean verbose;

  /**
   * @param globals among which {@code --debug} is
   */
  Work.Manner manner(GlobalOptions globals) {
    return new Work.Manner(whyRun, !noReport, verbose, globals.debug);
  }

  /** What a person would type. */
  static List<String> asWords(Work.Manner manner) {
    var words = new ArrayList<String>();
    if (manner.whyRun()) {
      words.add("--why-run");
    }
    if (!manner.log()) {
      words.add("--no-report");
    }
    if (manner.verbose()) {
      words.add("--verbose");
    }
    if (manner.debug()) {
      words.add("--debug");
    }
    return words;
  }
}
