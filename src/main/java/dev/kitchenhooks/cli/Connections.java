package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.EarlyConnector;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.ssh.SshConnector;
import dev.kitchenhooks.ssh.SshEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way to the nodes, made ready when the first one is connected to: not all runs connect. */
final class Connections implements NodeConnector, AutoCloseable {
  private final Shell shell;
  private final Kitchen kitchen;
  private final EarlyConnector early =
      new EarlyConnector((fqdn, stop) -> connector().connect(fqdn, stop));
  private @Nullable SshConnector connector;

  Connections(Shell shell, Kitchen kitchen) {
    this.shell = shell;
    this.kitchen = kitchen;
  }

  @Override
  public NodeSession connect(String fqdn, StopRequest stop) throws UnreachableException {
    return early.connect(fqdn, stop);
  }

  /**
   * Reads the SSH configuration, where the plan needs it: what is wrong with it is said before
   * anything runs. Begins to connect to the nodes that come first, unless hooks come before them:
   * those may be what makes the nodes reachable.
   */
  static Connections of(Shell shell, Kitchen kitchen, RunPlan plan) {
    var connections = new Connections(shell, kitchen);
    if (plan.work().connects()) {
      connections.connector();
      if (plan.globalPre().isEmpty()) {
        plan.nodes().stream()
            .limit(plan.limits().concurrency())
            .forEach(node -> connections.early.begin(node.fqdn()));
      }
    } else if (plan.nodes().stream().anyMatch(Connections::runsHooksThere)) {
      connections.connector();
    }
    return connections;
  }

  /** The same deployer, for whose nodes connections are made before their turn comes. */
  Deployer ahead(Deployer deployer) {
    return new Ahead(deployer, early);
  }

  private synchronized SshConnector connector() {
    if (connector == null) {
      SshEnvironment ours = SshEnvironment.ofThisProcess();
      var environment =
          new SshEnvironment(
              Path.of(shell.around().variable("HOME", ours.home().toString())),
              ours.user(),
              shell.around().environment(),
              ours.systemConfig());
      connector =
          new SshConnector(kitchen.config().ssh(), environment, p -> shell.warn(List.of(p)));
    }
    return connector;
  }

  /** Another deployer, with a connection for each node that has a hook to run there. */
  Deployer whereHooksNeedThem(Deployer deployer) {
    return (node, stop) -> {
      Deployer.Target target = deployer.open(node, stop);
      return runsHooksThere(node) ? new Connected(target, connect(node.fqdn(), stop)) : target;
    };
  }

  static boolean runsHooksThere(PlannedNode node) {
    return Stream.concat(node.pre().stream(), node.post().stream())
        .anyMatch(hook -> hook.definition().place() instanceof Place.Node);
  }

  private record Ahead(Deployer deployer, EarlyConnector early) implements Deployer {
    @Override
    public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
      return deployer.open(node, stop);
    }

    @Override
    public void coming(PlannedNode node) {
      early.begin(node.fqdn());
    }

    @Override
    public void noneComing() {
      early.close();
    }
  }

  private record Connected(Deployer.Target target, NodeSession connection)
      implements Deployer.Target {
    @Override
    public DeployResult deploy(LineSink output, StopRequest stop) {
      return target.deploy(output, stop);
    }

    @Override
    public Optional<NodeSession> session() {
      return Optional.of(connection);
    }

    @Override
    public void close() {
      target.close();
      connection.close();
    }
  }

  @Override
  public void close() {
    early.close();
    closeConnector();
  }

  private synchronized void closeConnector() {
    if (connector != null) {
      connector.close();
    }
  }
}
