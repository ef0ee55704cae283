package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.LockWait;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Deploys by uploading the kitchen and running {@code chef-solo} on the node: one connection, a
 * channel that holds the node's lock, and one for the deploy unless it is stopped early.
 */
public final class ChefDeployer implements Deployer, AutoCloseable {
  private final RemoteScripts scripts;
  private final boolean whyRun;
  private final NodeConnector connector;
  private final NodeLock.Terms locks;
  private final SharedArchive archive;

  /**
   * @param source what is uploaded
   * @param sudoPassword what sudo on the nodes gets on its stdin; empty: it must want none
   * @param whyRun whether chef-solo only says what it would do
   * @param connector opens the connections
   * @param holder who takes the nodes' locks, for other runs to be told
   * @param wait how long the locks of others are waited for
   * @param workDirectory exists; for a temporary file, which has no name while it is used
   * @throws FixException if why-run is asked of a command of the operator's own, or with all that
   *     cannot be read of what every node gets
   */
  public ChefDeployer(
      KitchenSource source,
      Optional<Secret> sudoPassword,
      boolean whyRun,
      NodeConnector connector,
      String holder,
      LockWait wait,
      Path workDirectory) {
    if (whyRun && !source.settings().command().isEmpty()) {
      throw FixException.invalid(
          "--why-run cannot be asked of [kitchen] converge_command: it might change the nodes",
          "leave out --why-run, or converge_command");
    }
    UploadCheck.requireReadable(source);
    this.scripts = new RemoteScripts(source.settings(), sudoPassword);
    this.whyRun = whyRun;
    this.connector = connector;
    this.locks = new NodeLock.Terms(holder, wait);
    this.archive = new SharedArchive(source, workDirectory);
  }

  @Override
  public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
    NodeSession session = connector.connect(node.fqdn(), stop);
    try {
      NodeLock lock = NodeLock.take(session, scripts, node.fqdn(), locks, stop);
      return new ChefTarget(
          new LockedSession(session, lock), node.facts(), scripts, whyRun, archive);
    } catch (UnreachableException e) {
      session.close();
      throw e;
    }
  }

  /** Gives the packed kitchen's space back. */
  @Override
  public void close() {
    archive.close();
  }
}
