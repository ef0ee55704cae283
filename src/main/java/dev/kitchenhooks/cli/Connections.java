package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
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
  private @Nullable SshConnector connector;

  Connections(Shell shell, Kitchen kitchen) {
    this.shell = shell;
    this.kitchen = kitchen;
  }

  @Override
  public NodeSession connect(String fqdn, StopRequest stop) throws UnreachableException {
    return connector().connect(fqdn, stop);
  }

  /** Reads the SSH configuration now: what is wrong with it is said before anything runs. */
  void prepare() {
    connector();
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
  public synchronized void close() {
    if (connector != null) {
      connector.close();
    }
  }
}
