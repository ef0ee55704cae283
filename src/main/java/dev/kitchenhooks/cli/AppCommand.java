package dev.kitchenhooks.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code fix app}: the applications that nodes declare. */
final class AppCommand {
  CommandSpec spec() {
    return Syntax.ofGroup(
            CommandSpec.wrapWithoutInspection(this),
            "app",
            "Deploys applications, and shows them.",
            "Commands:%n")
        .description(
            "",
            "An application is a compose file that a node declares under \"applications\". It is put on the node and",
            "brought up there by docker compose, or podman's, wrapped in the kitchen's hooks of applications.")
        .help()
        .spec();
  }
}
