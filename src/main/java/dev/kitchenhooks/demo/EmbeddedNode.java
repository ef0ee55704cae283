package dev.kitchenhooks.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/**
 * A node inside this JVM: an SSH server on the loopback interface whose commands are real processes
 * of {@code /bin/sh}, with a directory of its own as home and working directory, and the
 * directory's {@code bin} first on the PATH. It is no container: a command that names an absolute
 * path reaches this machine.
 */
public final class EmbeddedNode implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final SshServer server;
  private final Set<NodeProcess> processes = ConcurrentHashMap.newKeySet();

  private EmbeddedNode(Path directory, SshServer server) {
    this.directory = directory;
    this.server = server;
  }

  /**
   * Starts a node on a free port.
   *
   * @param directory exists; what the node's commands see as their home
   * @param access who may log in, and as which host the node shows itself
   * @throws UncheckedIOException if no port can be listened on
   */
  public static EmbeddedNode start(Path directory, NodeAccess access, NodeWatcher watcher) {
    SshServer server = SshServer.setUpDefaultServer();
    var node = new EmbeddedNode(directory, server);
    server.setHost(LOOPBACK);
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(access.hostKey()));
    UserAuthFactory[] methods = {
      UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE
    };
    server.setUserAuthFactories(java.util.List.of(methods));
    server.setPublickeyAuthenticator(
        (user, key, session) -> watcher.acceptsLogins() && access.admits(user, key));
    server.setPasswordAuthenticator(
        (user, password, session) -> watcher.acceptsLogins() && access.admits(user, password));
    server.setCommandFactory(
        (channel, commandLine) -> new NodeProcess(commandLine, directory, watcher, node.processes));
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionEvent(Session session, Event event) {
            if (event == Event.Authenticated) {
              watcher.loggedIn();
            }
          }

          @Override
          public void sessionClosed(Session session) {
            watcher.disconnected();
          }
        });
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    // One listener and a few short commands: the default of one thread per core is for real load.
    CoreModuleProperties.NIO_WORKERS.set(server, 1);
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on at " + LOOPBACK, e);
    }
    return node;
  }

  public Path directory() {
    return directory;
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.getPort();
  }

  /** Cuts every connection, as a broken network does: what runs on the node goes on running. */
  public void cutConnections() {
    server.getActiveSessions().forEach(EmbeddedNode::cut);
  }

  static void cut(Session session) {
    session.close(true);
  }

  /** Ends the server and every process that it started. */
  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      processes.forEach(NodeProcess::kill);
    }
  }
}
