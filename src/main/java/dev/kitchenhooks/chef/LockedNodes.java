package dev.kitchenhooks.chef;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import java.util.Optional;

/**
 * Connects to nodes and takes their locks: for runs that have something to do there, but no kitchen
 * to send.
 */
public final class LockedNodes implements Deployer {
  private final RemoteScripts scripts;
  private final Access access;
  private final Work work;

  /** What is done on a node. */
  private interface Work {
    DeployResult on(NodeSession session, String fqdn, LineSink output, StopRequest stop);
  }

  private LockedNodes(RemoteScripts scripts, Access access, Work work) {
    this.scripts = scripts;
    this.access = access;
    this.work = work;
  }

  /** For runs that deploy applications, and nothing else. */
  public static LockedNodes forApplications(KitchenSource source, Access access) {
    return new LockedNodes(
        scripts(source, access),
        access,
        (_, _, _, _) -> {
          throw new IllegalStateException("nothing is deployed here but applications");
        });
  }

  /**
   * {@code deploy_chef}: each node gets Chef.
   *
   * @param source how Chef is installed
   * @throws dev.kitchenhooks.problem.FixException if the kitchen does not say what installs it
   */
  public static LockedNodes thatGetChef(KitchenSource source, Access access) {
    RemoteScripts scripts = scripts(source, access);
    var programs = new NodePrograms(source.settings(), scripts.asRoot(), Listening.USUAL);
    var installer = new ChefInstaller(programs, source);
    installer.require();
    return new LockedNodes(scripts, access, installer::install);
  }

  private static RemoteScripts scripts(KitchenSource source, Access access) {
    return new RemoteScripts(source.settings(), access.sudoPassword());
  }

  @Override
  public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
    NodeSession session = LockedSession.open(access, scripts, node.fqdn(), stop);
    return new Target() {
      @Override
      public DeployResult deploy(LineSink output, StopRequest stop) {
        return work.on(session, node.fqdn(), output, stop);
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
