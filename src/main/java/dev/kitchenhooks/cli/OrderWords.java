package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which nodes, and which phase's hooks, where a command is not itself a run of the phase deploy.
 */
final class OrderWords {
  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      defaultValue = HookType.DEPLOY,
      description =
          "Whose hooks. Default: ${DEFAULT-VALUE}; there is rollback, and what littlechef.cfg declares.")
  String phase = HookType.DEPLOY;

  @Parameters(
      paramLabel = "ORDERS",
      arity = "1..*",
      description = "Which nodes; as for fix itself.")
  List<String> orders = new ArrayList<>();
}
