package dev.kitchenhooks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fix hooks test NAME}. */
@Command(
    name = "test",
    sortOptions = false,
    header = "Tries one hook: shows what it is given, and what its end would mean in a run.",
    description = {
      "",
      "The program really runs: a drain drains. Its exit code is that of the command. Without --node",
      "it is for a node of the kitchen that its filters match, or for one that is made up."
    },
    optionListHeading = "%nOptions:%n")
final class HooksTestCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final Help help = new Help();

  @Parameters(paramLabel = "NAME", description = "The hook's name.")
  String name = "";

  @Option(
      names = "--node",
      paramLabel = "FQDN",
      description = "For which node of the kitchen; may be given again.")
  List<String> nodes = new ArrayList<>();

  @Option(
      names = "--app",
      paramLabel = "APP",
      description = "For which application of the node. Default: its only one.")
  @Nullable String app;

  @Option(
      names = "--rc",
      paramLabel = "N",
      description = "The return code that a post hook gets. Default: 0.")
  @Nullable Integer returnCode;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "As which of its types, where it has several. Default: the first that fits.")
  @Nullable String type;

  @Option(
      names = "--dry-run",
      description = "Set FIX_DRY_RUN=1, as a --why-run run does. The program must heed it itself.")
  boolean dryRun;

  HooksTestCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks test");
    OptionalInt rc = returnCode == null ? OptionalInt.empty() : OptionalInt.of(returnCode);
    var trial = new HookTrial(shell.around().out());
    return new HandRun(shell, trial)
        .run(new HandRun.Request(name, nodes, app, null, rc, type, trial, dryRun));
  }
}
