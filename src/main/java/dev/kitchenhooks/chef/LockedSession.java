package dev.kitchenhooks.chef;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.remote.UnreachableException;
import java.time.Duration;
import java.util.Optional;

/** A connection under the node's lock: when that is lost, nothing more is started. */
record LockedSession(NodeSession session, NodeLock lock) implements NodeSession {

  /**
   * Connects to a node and takes its lock.
   *
   * @throws UnreachableException if either cannot be
   */
  static LockedSession open(Access access, RemoteScripts scripts, String node, StopRequest stop)
      throws UnreachableException {
    NodeSession session = access.connector().connect(node, stop);
    try {
      return new LockedSession(session, NodeLock.take(session, scripts, node, access, stop));
    } catch (UnreachableException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public RemoteResult run(
      String commandLine,
      Input stdin,
      LineSink output,
      Optional<Duration> timeout,
      StopRequest stop) {
    if (lock.isLost()) {
      return new RemoteResult(
          RemoteResult.CONNECTION_LOST,
          "connection lost: the node has given this run's lock back; another run may be there");
    }
    return session.run(commandLine, stdin, output, timeout, stop);
  }

  @Override
  public boolean isUp() {
    return session.isUp() && !lock.isLost();
  }

  @Override
  public void close() {
    lock.close();
    session.close();
  }
}
