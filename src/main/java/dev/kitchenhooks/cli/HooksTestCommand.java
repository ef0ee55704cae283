package dev.kitchenhooks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hooks test NAME}. */
final class HooksTestCommand implements Callable<Integer> {
  private final Shell shell;

  private String name = "";
  private List<String> nodes = new ArrayList<>();
  private @Nullable String app;
  private @Nullable Integer returnCode;
  private @Nullable String type;
  private boolean dryRun;

  HooksTestCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "test",
            "Tries one hook: shows what it is given, and what its end would mean in a run.")
        .description(
            "",
            "The program really runs: a drain drains. Its exit code is that of the command. Without --node",
            "it is for a node of the kitchen that its filters match, or for one that is made up.")
        .help()
        .argument("NAME", "The hook's name.", v -> name = v)
        .texts("--node FQDN", "For which node of the kitchen; may be given again.", v -> nodes = v)
        .text(
            "--app APP", "For which application of the node. Default: its only one.", v -> app = v)
        .number("--rc N", "The return code that a post hook gets. Default: 0.", v -> returnCode = v)
        .text(
            "--type TYPE",
            "As which of its types, where it has several. Default: the first that fits.",
            v -> type = v)
        .flag(
            "--dry-run",
            "Set FIX_DRY_RUN=1, as a --why-run run does. The program must heed it itself.",
            v -> dryRun = v)
        .spec();
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
