package dev.kitchenhooks.ssh;

import dev.kitchenhooks.ssh.HostSettings.Alive;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;

/**
 * Asks the server now and then whether it is there, as ServerAliveInterval of OpenSSH does.
 *
 * <p>sshj's own watch asks in the thread that counts the answers: while a large upload to a dead
 * machine fills the socket, it hangs with the writer and notices nothing. Here one virtual thread
 * asks and another one counts.
 */
final class AliveWatch implements AutoCloseable {
  private final SSHClient client;
  private final Alive alive;
  private final Runnable onSilence;
  private final Thread thread;

  AliveWatch(SSHClient client, Alive alive, Runnable onSilence) {
    this.client = client;
    this.alive = alive;
    this.onSilence = onSilence;
    this.thread = Thread.ofVirtual().name("ssh-alive").start(this::watch);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    Duration patience = alive.interval().multipliedBy(alive.count());
    try {
      Thread.sleep(alive.interval());
      while (client.getTransport().isRunning()) {
        var answered = new CountDownLatch(1);
        Thread.ofVirtual().name("ssh-alive-ask").start(() -> ask(answered, patience));
        if (!answered.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          onSilence.run();
          return;
        }
        Thread.sleep(alive.interval());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(CountDownLatch answered, Duration patience) {
    try {
      Promise<SSHPacket, ConnectionException> answer =
          client.getConnection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
      if (answer.tryRetrieve(patience.toNanos(), TimeUnit.NANOSECONDS) != null) {
        answered.countDown();
      }
    } catch (SSHException refusedOrEnded) {
      // A server that does not know the question says no, which is an answer too; and that the
      // connection has ended is for its users to find out.
      answered.countDown();
    }
  }
}
