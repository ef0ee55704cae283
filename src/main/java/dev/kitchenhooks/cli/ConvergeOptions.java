package dev.kitchenhooks.cli;

import dev.kitchenhooks.plan.Work;
import java.util.ArrayList;
import java.util.List;

/** How nodes are converged. */
final class ConvergeOptions {
  boolean whyRun;
  boolean noReport;
  boolean verbose;

  void addTo(Syntax syntax) {
    syntax
        .flag(
            "--why-run",
            "Converge in why-run mode; only hooks that say \"why_run\": true run.",
            v -> whyRun = v)
        .flag("--no-report", "Keep no log of the converge on the node.", v -> noReport = v)
        .flag(
            "-V, --verbose",
            "Show what is run on each node, and with which revision of the kitchen.",
            v -> verbose = v);
  }

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
