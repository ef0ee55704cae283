package dev.kitchenhooks.ssh;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is logged in. Whoever opens or closes one never waits longer than said: sshj
 * does the blocking in a thread of its own, and is cut off from outside.
 */
final class SshLink implements AutoCloseable {
  /** How long closing politely may take. */
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final HostSettings host;
  private final SSHClient client;
  private final Carrier carrier;
  private final AliveWatch alive;
  private volatile @Nullable String lost;

  /** Takes over a client that is logged in. */
  SshLink(HostSettings host, SSHClient client, Carrier carrier) {
    this.host = host;
    this.client = client;
    this.carrier = carrier;
    client
        .getTransport()
        .setDisconnectListener((reason, message) -> lose(message == null ? "" : message));
    alive = new AliveWatch(client, host.alive(), this::silent);
  }

  /**
   * Connects and logs in within {@link HostSettings#connectTimeout}.
   *
   * @throws UnreachableException saying why not
   */
  static SshLink open(
      HostSettings host,
      Carrier carrier,
      KnownHosts known,
      Authentication authentication,
      StopRequest stop)
      throws UnreachableException {
    var attempt = new LinkAttempt(host, carrier, known, authentication);
    try (var _ = stop.onRequest(_ -> attempt.giveUp(new UnreachableException("stopped")))) {
      return attempt.await();
    }
  }

  HostSettings host() {
    return host;
  }

  Connection connection() {
    return client.getConnection();
  }

  /** The server's software, e.g. {@code 2.0-OpenSSH_9.2p1 Debian-2}. */
  String serverVersion() {
    return client.getTransport().getServerVersion();
  }

  boolean isUp() {
    return client.getTransport().isRunning();
  }

  /** Why the connection ended, for messages; empty while it is up. */
  Optional<String> lost() {
    return Optional.ofNullable(lost);
  }

  private void lose(String why) {
    if (lost == null) {
      lost = why;
    }
  }

  private void silent() {
    lose(
        "no answer for "
            + host.alive().interval().multipliedBy(host.alive().count()).toSeconds()
            + "s");
    carrier.cut();
  }

  /**
   * Ends the connection and all its channels; what runs on the node then is the node's business.
   */
  @Override
  public void close() {
    alive.close();
    Thread goodbye = Thread.ofVirtual().name("ssh-close-" + host.name()).start(this::disconnect);
    try {
      goodbye.join(GOODBYE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    carrier.cut();
  }

  private void disconnect() {
    try {
      client.disconnect();
    } catch (IOException e) {
      lose(Failures.text(e));
    }
  }
}
