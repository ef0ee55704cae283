package dev.kitchenhooks.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fix app}: the applications that nodes declare. */
@Command(
    name = "app",
    sortOptions = false,
    header = "Deploys applications, and shows them.",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "An application is a compose file that a node declares under \"applications\". It is put on the node and",
      "brought up there by docker compose, or podman's, wrapped in the kitchen's hooks of applications."
    })
final class AppCommand {
  @Mixin final Help help = new Help();
}
