package dev.kitchenhooks.chef;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import java.util.List;
import java.util.Optional;

/**
 * {@code ssh:"COMMAND"}: the login user's shell on each node runs a command line of the operator's.
 * As whom, and with which rights, is the command's own affair; the node's lock is not taken, so
 * that a node can be looked at while it is deployed to.
 *
 * @param connector opens the connections
 * @param command the command line, as the operator wrote it
 */
public record RemoteShell(NodeConnector connector, String command) implements Deployer {
  private static final String SCRIPT = AsRoot.script("login-shell.sh");

  @Override
  public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
    return new ShellTarget(
        connector.connect(node.fqdn(), stop),
        ShellWords.join(List.of("sh", "-c", SCRIPT, "fix-ssh", command)));
  }

  private record ShellTarget(NodeSession connection, String commandLine) implements Target {
    @Override
    public DeployResult deploy(LineSink output, StopRequest stop) {
      RemoteResult result =
          connection.run(commandLine, NodeSession.Input.NONE, output, Optional.empty(), stop);
      return new DeployResult(result.exitCode(), result.detail());
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
