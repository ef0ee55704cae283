package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.RunHistory;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fix rerun [RUN]}: an earlier run again, over the nodes that it left. */
@Command(
    name = "rerun",
    sortOptions = false,
    header =
        "Repeats a run over the nodes that it left: all that are neither deployed nor soft-skipped.",
    description = {
      "",
      "The command, its phase and its options are those of that run; options given here override them."
    },
    optionListHeading = "%nOptions:%n")
final class RerunCommand implements Callable<Integer> {
  /** Of this command, and none of the run's. */
  private static final Set<String> OWN = Set.of("--failed", "--skipped", "--not-started", "--help");

  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--failed",
      description = "Only nodes that failed, could not be reached, or were interrupted.")
  boolean failed;

  @Option(
      names = "--skipped",
      description = "Only nodes that a pre hook skipped, those it said \"not now\" of too.")
  boolean skipped;

  @Option(names = "--not-started", description = "Only nodes whose turn never came.")
  boolean notStarted;

  @Option(names = "--dry-run", description = "Show the plan; start nothing, connect to nothing.")
  boolean dryRun;

  @Mixin final RunOptions options = new RunOptions();
  @Mixin final WaitOption wait = new WaitOption();
  @Mixin final Help help = new Help();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The id of a run, or how it begins. Default: the last run.")
  @Nullable String run;

  RerunCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("rerun");
    Optional<StoredRun> found = find();
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

  private Optional<StoredRun> find() {
    try (RunHistory history = shell.history()) {
      if (history == null) {
        return Optional.empty();
      }
      return run == null ? history.lastRun() : Optional.of(history.run(run));
    }
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
