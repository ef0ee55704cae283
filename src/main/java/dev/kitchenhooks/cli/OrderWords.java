package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes, and which phase's hooks, where a command is not itself a run of the phase deploy.
 */
final class OrderWords {
  String phase = HookType.DEPLOY;
  List<String> orders = new ArrayList<>();

  void addTo(Syntax syntax) {
    syntax
        .text(
            "--phase PHASE",
            "Whose hooks. Default: ${DEFAULT-VALUE}; there is rollback, and what littlechef.cfg declares.",
            HookType.DEPLOY,
            v -> phase = v)
        .arguments("ORDERS", 1, "Which nodes; as for fix itself.", v -> orders = v);
  }
}
