package dev.kitchenhooks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hooks run NAME}: one hook by hand. */
final class HooksRunCommand implements Callable<Integer> {
  private final Shell shell;

  private String name = "";
  private List<String> nodes = new ArrayList<>();
  private @Nullable String app;
  private @Nullable String run;
  private @Nullable Integer returnCode;
  private @Nullable String type;

  HooksRunCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this, "run", "Runs one hook by hand, in exactly the environment that a run gives it.")
        .help()
        .argument("NAME", "The hook's name.", v -> name = v)
        .texts(
            "--node FQDN",
            "For which node; may be given again. Default for a global hook: all nodes.",
            v -> nodes = v)
        .text(
            "--app APP", "For which application of the node. Default: its only one.", v -> app = v)
        .text("--run RUN", "For the nodes of this run, by its id or how it begins.", v -> run = v)
        .number("--rc N", "The return code that a post hook gets. Default: 0.", v -> returnCode = v)
        .text(
            "--type TYPE",
            "As which of its types, where it has several. Default: the first that fits.",
            v -> type = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks run");
    OptionalInt rc = returnCode == null ? OptionalInt.empty() : OptionalInt.of(returnCode);
    return new HandRun(shell, HandReport.plain(shell.around()))
        .run(new HandRun.Request(name, nodes, app, run, rc, type, null, false));
  }
}
