package dev.kitchenhooks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fix hooks}: the kitchen's hook definitions. */
@Command(
    name = "hooks",
    header = "Lists, checks, explains and runs the kitchen's hooks.",
    commandListHeading = "%nCommands:%n",
    synopsisSubcommandLabel = "COMMAND")
final class HooksCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin final Help help = new Help();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
