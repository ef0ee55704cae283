package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.LockWait;
import java.util.Optional;

/**
 * Connects to nodes and takes their locks: for runs that have something to do there, but no kitchen
 * to send.
 */
public final class LockedNodes implements Deployer {
  private final RemoteScripts scripts;
  private final NodeConnector connector;
  private final NodeLock.Terms locks;

  /**
   * @param settings how nodes are deployed to
   * @param sudoPassword what sudo on the nodes gets on its stdin; empty: it must want none
   * @param connector opens the connections
   * @param holder who takes the nodes' locks, for other runs to be told
   * @param wait how long the locks of others are waited for
   */
  public LockedNodes(
      KitchenConfig.Converge settings,
      Optional<Secret> sudoPassword,
      NodeConnector connector,
      String holder,
      LockWait wait) {
    this.scripts = new RemoteScripts(settings, sudoPassword);
    this.connector = connector;
    this.locks = new NodeLock.Terms(holder, wait);
  }

  @Override
  public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
    NodeSession session = LockedSession.open(connector, scripts, node.fqdn(), locks, stop);
    return new Target() {
      @Override
      public DeployResult deploy(LineSink output, StopRequest stop) {
        throw new IllegalStateException("nothing is deployed here but applications");
      }

      @Override
      public Optional<NodeSession> session() {
        return Optional.of(session);
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }
}
