package dev.kitchenhooks.plan;

/** What a run does to its nodes. The spelling of {@link #word} is stored; it never changes. */
public enum WorkKind {
  CONVERGE("converge", "deploy"),
  /** A converge that changes nothing. */
  WHY_RUN("why-run", "deploy"),
  /** A converge with revisions that the nodes have kept. */
  ROLLBACK("rollback", "rollback"),
  SSH("ssh", "command"),
  PLUGIN("plugin", "plugin"),
  DEPLOY_CHEF("deploy-chef", "installation"),
  APP_DEPLOY("app-deploy", "deploy"),
  APP_UNDEPLOY("app-undeploy", "undeploy"),
  COMMAND_PER_NODE("command-per-node", "command"),
  COMMAND_ONCE("command-once", "command");

  private final String word;
  private final String noun;

  WorkKind(String word, String noun) {
    this.word = word;
    this.noun = noun;
  }

  public String word() {
    return word;
  }

  /** What ends well, or fails, for people. */
  public String noun() {
    return noun;
  }
}
