package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookedCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrapped in hooks. */
public sealed interface Work {
  /**
   * Each node is connected to, gets the kitchen and is converged.
   *
   * @param runList what stands in the place of each node's own run list, for this run only; empty:
   *     nothing does
   * @param manner how
   */
  record Converge(List<String> runList, Manner manner) implements Work {
    public Converge {
      runList = List.copyOf(runList);
    }

    /** With each node's own run list. */
    public static Converge of(Manner manner) {
      return new Converge(List.of(), manner);
    }

    /**
     * Whether the applications of the nodes have their turns too: not where nothing shall be
     * changed, or only what the operator names.
     */
    public boolean deploysApplications() {
      return !manner.whyRun() && runList.isEmpty();
    }
  }

  /**
   * {@code fix rollback}: each node is connected to, and converged with a revision of the kitchen
   * that it has kept.
   *
   * @param run the run that is rolled back
   * @param revisions by FQDN
   * @param forced whether also from what other runs have deployed since
   * @param manner how
   */
  record Rollback(String run, Map<String, String> revisions, boolean forced, Manner manner)
      implements Work {}

  /**
   * How a converge is done.
   *
   * @param whyRun chef only says what it would do
   * @param log whether a log of it is kept on the node
   * @param verbose what is run on the node is shown
   * @param debug chef logs at its debug level, and what it was started with stays on the node, but
   *     for secrets
   */
  record Manner(boolean whyRun, boolean log, boolean verbose, boolean debug) {
    public static final Manner USUAL = new Manner(false, true, false, false);
    public static final Manner WHY_RUN = new Manner(true, true, false, false);
  }

  /**
   * {@code ssh:"COMMAND"}: each node is connected to, and its login user's shell runs a command
   * line.
   *
   * @param command for that shell, as the operator wrote it
   */
  record RemoteShell(String command) implements Work {}

  /**
   * {@code plugin:NAME}: a program of the kitchen is run on this machine for each node, and may
   * change its file; no connection.
   *
   * @param name as the operator wrote it
   */
  record NodePlugin(String name) implements Work {}

  /** {@code deploy_chef}: each node is connected to, and Chef is installed there. */
  record InstallChef() implements Work {}

  /**
   * {@code fix wrap} with <code>{node}</code> in the command: run once a node on this machine, no
   * connection.
   *
   * @param command the argument vector, placeholders not yet replaced
   */
  record CommandPerNode(List<String> command) implements Work {}

  /**
   * {@code fix app deploy} and {@code undeploy}: each node is connected to, and one application is
   * put there or taken away.
   *
   * @param name the application's
   */
  record Applications(String name, boolean undeploy) implements Work {}

  /**
   * {@code fix wrap} without <code>{node}</code>: run once; only global hooks run.
   *
   * @param command the argument vector, placeholders not yet replaced
   */
  record CommandOnce(List<String> command) implements Work {}

  /** What it is called. */
  default WorkKind kind() {
    return switch (this) {
      case Converge _ -> isWhyRun() ? WorkKind.WHY_RUN : WorkKind.CONVERGE;
      case Rollback _ -> WorkKind.ROLLBACK;
      case RemoteShell _ -> WorkKind.SSH;
      case NodePlugin _ -> WorkKind.PLUGIN;
      case InstallChef _ -> WorkKind.DEPLOY_CHEF;
      case Applications(var _, boolean undeploy) ->
          undeploy ? WorkKind.APP_UNDEPLOY : WorkKind.APP_DEPLOY;
      case CommandPerNode _ -> WorkKind.COMMAND_PER_NODE;
      case CommandOnce _ -> WorkKind.COMMAND_ONCE;
    };
  }

  /** What the filter {@code commands} looks at. */
  default HookedCommand hookedCommand() {
    return switch (this) {
      case Converge _, Rollback _ -> HookedCommand.FIX;
      case RemoteShell _ -> HookedCommand.SSH;
      case NodePlugin _ -> HookedCommand.PLUGIN;
      case InstallChef _ -> HookedCommand.DEPLOY_CHEF;
      case Applications _ -> HookedCommand.APP;
      case CommandPerNode _, CommandOnce _ -> HookedCommand.WRAP;
    };
  }

  /** The run that is rolled back, where one is. */
  default Optional<String> rollsBack() {
    return this instanceof Rollback back ? Optional.of(back.run()) : Optional.empty();
  }

  /** Whether nothing is changed, and only hooks run that say {@code "why_run": true}. */
  default boolean isWhyRun() {
    return this instanceof Converge(var _, Manner manner) && manner.whyRun();
  }

  /**
   * Whether no other run may be at its nodes: not for an operator's own command, which may be no
   * more than a look at what another run does.
   */
  default boolean locksNodes() {
    return !(this instanceof RemoteShell);
  }

  /** Whether it is done on the nodes, over a connection to each. */
  default boolean connects() {
    return switch (this) {
      case Converge _, Rollback _, RemoteShell _, InstallChef _, Applications _ -> true;
      case NodePlugin _, CommandPerNode _, CommandOnce _ -> false;
    };
  }

  /** Whether applications are taken away, rather than deployed. */
  default boolean takesAway() {
    return this instanceof Applications(var _, boolean undeploy) && undeploy;
  }
}
