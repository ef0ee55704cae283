package dev.kitchenhooks.chef;

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

/** {@code deploy_chef}: installs Chef on each node, under its lock. */
public final class InstallDeployer implements Deployer {
  private final RemoteScripts scripts;
  private final NodeConnector connector;
  private final NodeLock.Terms locks;
  private final ChefInstaller installer;

  /**
   * @param source how Chef is installed
   * @param sudoPassword what sudo on the nodes gets on its stdin; empty: it must want none
   * @param connector opens the connections
   * @param holder who takes the nodes' locks, for other runs to be told
   * @param wait how long the locks of others are waited for
   * @throws dev.kitchenhooks.problem.FixException if the kitchen does not say what installs it
   */
  public InstallDeployer(
      KitchenSource source,
      Optional<Secret> sudoPassword,
      NodeConnector connector,
      String holder,
      LockWait wait) {
    this.scripts = new RemoteScripts(source.settings(), sudoPassword);
    this.connector = connector;
    this.locks = new NodeLock.Terms(holder, wait);
    this.installer =
        new ChefInstaller(
            new NodePrograms(source.settings(), scripts.asRoot(), Listening.USUAL), source);
    installer.require();
  }

  @Override
  public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
    return new InstallTarget(
        LockedSession.open(connector, scripts, node.fqdn(), locks, stop), node.fqdn(), installer);
  }

  private record InstallTarget(NodeSession connection, String fqdn, ChefInstaller installer)
      implements Target {
    @Override
    public DeployResult deploy(LineSink output, StopRequest stop) {
      return installer.install(connection, fqdn, output, stop);
    }

    @Override
    public Optional<NodeSession> session() {
      return Optional.of(connection);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
