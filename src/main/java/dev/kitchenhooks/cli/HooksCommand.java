package dev.kitchenhooks.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hooks}: the kitchen's hook definitions. */
final class HooksCommand implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  CommandSpec spec() {
    return Syntax.ofGroup(
            spec, "hooks", "Lists, checks, explains and runs the kitchen's hooks.", "%nCommands:%n")
        .sorted()
        .help()
        .spec();
  }

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
