package dev.kitchenhooks.history;

import dev.kitchenhooks.plan.Work;

/** What a run did to its nodes. The spelling of {@link #word} is stored; it never changes. */
public enum WorkKind {
  CONVERGE("converge"),
  /** A converge that changes nothing. */
  WHY_RUN("why-run"),
  /** A converge with revisions that the nodes have kept. */
  ROLLBACK("rollback"),
  SSH("ssh"),
  PLUGIN("plugin"),
  DEPLOY_CHEF("deploy-chef"),
  APP_DEPLOY("app-deploy"),
  APP_UNDEPLOY("app-undeploy"),
  COMMAND_PER_NODE("command-per-node"),
  COMMAND_ONCE("command-once");

  private final String word;

  WorkKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static WorkKind of(Work work) {
    return switch (work) {
      case Work.Converge _ -> work.isWhyRun() ? WHY_RUN : CONVERGE;
      case Work.Rollback _ -> ROLLBACK;
      case Work.RemoteShell _ -> SSH;
      case Work.NodePlugin _ -> PLUGIN;
      case Work.InstallChef _ -> DEPLOY_CHEF;
      case Work.Applications(var _, boolean undeploy) -> undeploy ? APP_UNDEPLOY : APP_DEPLOY;
      case Work.CommandPerNode _ -> COMMAND_PER_NODE;
      case Work.CommandOnce _ -> COMMAND_ONCE;
    };
  }
}
