package dev.kitchenhooks.console;

import dev.kitchenhooks.history.WorkKind;

/**
 * What the work of a run is called.
 *
 * @param begins what a node that it begins at is said to do
 * @param noun what then ends well, or fails
 */
record WorkWords(String begins, String noun) {
  static WorkWords of(WorkKind work) {
    return switch (work) {
      case APP_DEPLOY, APP_UNDEPLOY, CONVERGE, WHY_RUN -> new WorkWords("deploying", "deploy");
      case ROLLBACK -> new WorkWords("rolling back", "rollback");
      case SSH, COMMAND_PER_NODE, COMMAND_ONCE -> new WorkWords("running the command", "command");
      case PLUGIN -> new WorkWords("running the plugin", "plugin");
      case DEPLOY_CHEF -> new WorkWords("installing Chef", "deploy_chef");
    };
  }
}
