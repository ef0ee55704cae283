package dev.kitchenhooks.ssh;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
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

  private SshLink(HostSettings host, SSHClient client, Carrier carrier) {
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
    var attempt = new Attempt(host, carrier, known, authentication);
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

  /** One try, done by its own thread and waited for by another. */
  private static final class Attempt {
    private final HostSettings host;
    private final Carrier carrier;
    private final HostKeyCheck check;
    private final Authentication authentication;
    private final CompletableFuture<SshLink> result = new CompletableFuture<>();
    private volatile String phase = "connecting";

    Attempt(HostSettings host, Carrier carrier, KnownHosts known, Authentication authentication) {
      this.host = host;
      this.carrier = carrier;
      this.check = new HostKeyCheck(known, host);
      this.authentication = authentication;
    }

    SshLink await() throws UnreachableException {
      Thread.ofVirtual().name("ssh-connect-" + host.name()).start(this::connect);
      try {
        return result.get(host.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        giveUp(Failures.timedOut(host, phase));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        giveUp(new UnreachableException("interrupted while " + phase));
      } catch (ExecutionException e) {
        throw Failures.explain(e.getCause() == null ? e : e.getCause(), host, check);
      }
      return finished();
    }

    /** After giving up there is a result, maybe even a connection that came in the last moment. */
    private SshLink finished() throws UnreachableException {
      try {
        return result.join();
      } catch (java.util.concurrent.CompletionException e) {
        throw Failures.explain(e.getCause() == null ? e : e.getCause(), host, check);
      }
    }

    void giveUp(UnreachableException why) {
      if (result.completeExceptionally(why)) {
        carrier.cut();
      }
    }

    private void connect() {
      var client = new SSHClient(SshAlgorithms.config());
      try {
        client.getTransport().setTimeoutMs(Math.toIntExact(host.connectTimeout().toMillis()));
        client.addHostKeyVerifier(check);
        carrier.open(host);
        phase = "waiting for the SSH server's greeting and keys";
        carrier.handshake(client, host);
        phase = "logging in as " + host.login().user();
        authentication.logIn(client, host);
        var link = new SshLink(host, client, carrier);
        if (!result.complete(link)) {
          link.close();
        }
      } catch (IOException | UnreachableException | RuntimeException e) {
        result.completeExceptionally(e);
        carrier.cut();
        closeQuietly(client);
      }
    }

    private static void closeQuietly(SSHClient client) {
      try {
        client.close();
      } catch (SSHException _) {
        // What mattered has been said already.
        return;
      } catch (IOException _) {
        return;
      }
    }
  }
}
