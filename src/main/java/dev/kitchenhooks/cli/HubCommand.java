package dev.kitchenhooks.cli;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.container.Volumes;
import dev.kitchenhooks.hub.Hub;
import dev.kitchenhooks.kitchen.Kitchen;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hub}: where the deployed applications are to be reached. */
final class HubCommand implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** The hub of the kitchen that is meant. */
  static Hub hub(Shell shell) {
    Kitchen kitchen = shell.openKitchen();
    return Hub.of(
        Confs.of(kitchen.directory()),
        new Volumes(
            kitchen.config().hooks().containerEngine(),
            shell.around().environment(),
            kitchen.directory()),
        () -> RecordedDeploys.read(shell));
  }

  CommandSpec spec() {
    return Syntax.ofGroup(
            spec,
            "hub",
            "Shows the deployed applications with their links, as a web page.",
            "%nCommands:%n")
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
