package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.RunSummary;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.history.StoredRun;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix rerun [RUN]}: an earlier run again, over the nodes that it left. */
final class RerunCommand implements Callable<Integer> {
  /** Of this command, and none of the run's. */
  private static final Set<String> OWN = Set.of("--failed", "--skipped", "--not-started", "--help");

  private final Shell shell;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private boolean failed;
  private boolean skipped;
  private boolean notStarted;
  private final RunOptions options = new RunOptions();
  private final WaitOption wait = new WaitOption();
  private final RunArgument run = new RunArgument();

  RerunCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            spec,
            "rerun",
            "Repeats a run over the nodes that it left: all that are neither deployed nor soft-skipped.")
        .description(
            "",
            "The command, its phase and its options are those of that run; options given here override them.")
        .flag(
            "--failed",
            "Only nodes that failed, could not be reached, or were interrupted.",
            v -> failed = v)
        .flag(
            "--skipped",
            "Only nodes that a pre hook skipped, those it said \"not now\" of too.",
            v -> skipped = v)
        .flag("--not-started", "Only nodes whose turn never came.", v -> notStarted = v)
        // Goes into the repeated words, as it was given.
        .dryRun(_ -> {})
        .with(options::addTo)
        .with(wait::addTo)
        .help()
        .with(run::addTo)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("rerun");
    Optional<StoredRun> found = run.find(shell);
    if (found.isEmpty()) {
      shell.around().err().println("No run yet in this kitchen.");
      return 0;
    }
    StoredRun stored = found.get();
    requireEnded(stored.summary());
    StoredRequest request = requireRequest(stored);
    Set<Outcome> wanted = wanted();
    List<String> nodes =
        stored.nodes().stream()
            .filter(node -> wanted.contains(node.outcome()))
            .map(StoredNode::fqdn)
            .toList();
    if (nodes.isEmpty()) {
      shell
          .around()
          .err()
          .println("Run %s left no such node; nothing to do.".formatted(stored.summary().id()));
      return 0;
    }
    RerunWords words = RerunWords.of(request.words(), OWN, spec.commandLine().getParseResult());
    var repeat =
        new Repeat(stored.summary().id(), text(stored.summary().id(), words), words.toRemember());
    var all = new ArrayList<>(words.over(nodes));
    Path directory = directory(request);
    boolean isFound =
        shell.globals().kitchen == null && directory.equals(shell.around().directory());
    all.addAll(
        shell
            .globals()
            .asWords(isFound ? Optional.empty() : Optional.of(shell.findKitchen().directory())));
    return FixCli.repeat(shell.repeating(repeat, words.wrapped(), directory), all);
  }

  private static void requireEnded(RunSummary summary) {
    if (summary.state() == RunSummary.State.RUNNING) {
      throw new FixException(
          ExitCode.LOCKED,
          "run %s still goes on".formatted(summary.id()),
          "wait for it to end; fix status shows how far it is");
    }
  }

  private static StoredRequest requireRequest(StoredRun stored) {
    RunSummary summary = stored.summary();
    String again = "give its orders again: fix " + summary.command();
    StoredRequest request =
        stored
            .request()
            .orElseThrow(() ->
                FixException.invalid(
                    "run %s is of an older fix, which did not record how to repeat it"
                        .formatted(summary.id()),
                    again));
    if (request.words().isEmpty()) {
      throw FixException.invalid(
          "the command of run %s holds a secret, so the history cannot repeat it"
              .formatted(summary.id()),
          again);
    }
    return request;
  }

  /** In all runs but that of {@code fix wrap} it makes no difference. */
  private Path directory(StoredRequest request) {
    if (!Files.isDirectory(request.directory())) {
      throw FixException.invalid(
          "the run was started in %s, which is no directory any more"
              .formatted(request.directory()),
          "make it again, or give the orders again elsewhere");
    }
    return request.directory();
  }

  private Set<Outcome> wanted() {
    var wanted = EnumSet.noneOf(Outcome.class);
    boolean any = failed || skipped || notStarted;
    if (failed || !any) {
      wanted.addAll(EnumSet.of(Outcome.FAILED, Outcome.UNREACHABLE, Outcome.INTERRUPTED));
    }
    if (skipped || !any) {
      wanted.add(Outcome.SKIPPED);
    }
    if (skipped) {
      wanted.add(Outcome.SOFT_SKIPPED);
    }
    if (notStarted || !any) {
      wanted.add(Outcome.NOT_STARTED);
    }
    return wanted;
  }

  private String text(String id, RerunWords words) {
    var typed = new ArrayList<>(List.of("rerun", id));
    if (failed) {
      typed.add("--failed");
    }
    if (skipped) {
      typed.add("--skipped");
    }
    if (notStarted) {
      typed.add("--not-started");
    }
    typed.addAll(words.given());
    return ShellWords.join(typed);
  }
}
