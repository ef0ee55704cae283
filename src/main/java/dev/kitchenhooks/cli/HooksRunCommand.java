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

/** {@code fix hooks run NAME}: one hook by hand. */
@Command(
    name = "run",
    sortOptions = false,
    header = "Runs one hook by hand, in exactly the environment that a run gives it.",
    optionListHeading = "%nOptions:%n")
final class HooksRunCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final Help help = new Help();

  @Parameters(paramLabel = "NAME", description = "The hook's name.")
  String name = "";

  @Option(
      names = "--node",
      paramLabel = "FQDN",
      description = "For which node; may be given again. Default for a global hook: all nodes.")
  List<String> nodes = new ArrayList<>();

  @Option(
      names = "--app",
      paramLabel = "APP",
      description = "For which application of the node. Default: its only one.")
  @Nullable String app;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "For the nodes of this run, by its id or how it begins.")
  @Nullable String run;

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

  HooksRunCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks run");
    OptionalInt rc = returnCode == null ? OptionalInt.empty() : OptionalInt.of(returnCode);
    return new HandRun(shell, HandReport.plain(shell.around()))
        .run(new HandRun.Request(name, nodes, app, run, rc, type, null, false));
  }
}
