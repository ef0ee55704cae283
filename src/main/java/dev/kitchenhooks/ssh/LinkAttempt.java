package dev.kitchenhooks.ssh;

import dev.kitchenhooks.remote.UnreachableException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;

/** One try to connect and log in, done by its own thread and waited for by another. */
final class LinkAttempt {
  private final HostSettings host;
  private final Carrier carrier;
  private final HostKeyCheck check;
  private final Authentication authentication;
  private final CompletableFuture<SshLink> result = new CompletableFuture<>();
  private volatile String phase = "connecting";

  LinkAttempt(HostSettings host, Carrier carrier, KnownHosts known, Authentication authentication) {
    this.host = host;
    this.carrier = carrier;
    this.check = new HostKeyCheck(known, host);
    this.authentication = authentication;
  }

  SshLink await() throws UnreachableException {
    // Not a virtual one: that would start the JDK's poller, which is in a system call for good, and
    // the JVM gives threads that are 300 ms to come back before it ends.
    Thread.ofPlatform().daemon().name("ssh-connect-" + host.name()).start(this::connect);
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
    } catch (CompletionException e) {
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
      client.getTransport().setTimeoutMs(host.connectMillis());
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
    } catch (IOException _) {
      // What mattered has been said already.
      return;
    }
  }
}
