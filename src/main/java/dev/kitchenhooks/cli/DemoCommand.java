package dev.kitchenhooks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fix demo}. */
@Command(
    name = "demo",
    header = "Shows three runs on three embedded SSH nodes; touches nothing of yours.",
    optionListHeading = "%nOptions:%n")
final class DemoCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final Help help = new Help();

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("demo");
    return 0;
  }
}
