package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import java.io.IOException;
import java.nio.file.Path;

/** Puts applications on nodes, or takes them away. Thread-safe. */
public interface AppDeployer {
  /**
   * Makes ready for the turn of an application; nothing is read or sent yet.
   *
   * @param session the connection to its node
   */
  Target open(PlannedNode node, PlannedApp app, NodeSession session);

  /** An application whose turn it is. */
  interface Target extends AutoCloseable {
    /** A copy of its compose file on this machine: what pre hooks make of it is deployed. */
    Path composeFile();

    /**
     * Sees to it that the copy is there. Hooks that run together may ask at once.
     *
     * @throws IOException if there is none to be had, or it cannot be written
     */
    void prepare(StopRequest stop) throws IOException;

    /** Deploys it, or takes it away. */
    DeployResult deploy(LineSink output, StopRequest stop);

    /** Takes the copy away. */
    @Override
    void close();
  }
}
