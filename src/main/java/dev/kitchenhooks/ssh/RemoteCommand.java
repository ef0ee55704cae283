package dev.kitchenhooks.ssh;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.LineSplitter;
import dev.kitchenhooks.remote.NodeSession.Input;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.jspecify.annotations.Nullable;

/**
 * One command in its channel. Blocks nobody but its own two virtual threads, one that reads and one
 * that writes; {@link Supervision} waits for it.
 */
final class RemoteCommand {
  private static final int CHUNK = 32 * 1024;

  private final String commandLine;
  private final Input stdin;
  private final LineSink sink;
  private final MergedChannel channel;
  private final CountDownLatch attempted = new CountDownLatch(1);
  private final Object sinkLock = new Object();
  private boolean listening = true;
  private volatile boolean wasStarted;
  private volatile @Nullable Exception inputFailure;
  private volatile @Nullable IOException failure;
  private volatile @Nullable RuntimeException sinkFailure;

  RemoteCommand(SshLink link, String commandLine, Input stdin, LineSink sink) {
    this.commandLine = commandLine;
    this.stdin = stdin;
    this.sink = sink;
    this.channel = new MergedChannel(link.connection());
  }

  /**
   * @param onEnd called once, when the command and its channel have ended
   * @param onInputFailure called if what shall be written to the command cannot be had
   */
  void start(Runnable onEnd, Runnable onInputFailure) {
    Thread.ofVirtual()
        .name("ssh-command")
        .start(() -> {
          try {
            read(onInputFailure);
          } catch (IOException e) {
            failure = e;
          } finally {
            onEnd.run();
          }
        });
  }

  private void read(Runnable onInputFailure) throws IOException {
    try {
      channel.open();
      channel.exec(commandLine);
      wasStarted = true;
    } finally {
      attempted.countDown();
    }
    Thread writer = Thread.ofVirtual().name("ssh-command-input").start(() -> write(onInputFailure));
    try {
      // Never closed by us: sshj ends the whole connection if data comes for a closed stream.
      InputStream output = channel.getInputStream();
      var lines = new LineSplitter(this::line);
      byte[] chunk = new byte[CHUNK];
      for (int count = output.read(chunk); count >= 0; count = output.read(chunk)) {
        lines.accept(chunk, count);
      }
      lines.end();
      channel.join();
    } finally {
      writer.interrupt();
    }
  }

  private void write(Runnable onInputFailure) {
    try {
      // Closed only after all of it: half an input must not look like a whole one.
      var output = new BufferedOutputStream(channel.input(), CHUNK);
      stdin.writeTo(output);
      output.close();
    } catch (SSHException e) {
      // As with a closed pipe: the command decides what it reads, its exit code what came of it.
      // But a
      // channel that is open takes input: then it is the connection that does not, and it would be
      // waited for in vain.
      if (channel.isOpen()) {
        inputFailure = e;
        onInputFailure.run();
      }
    } catch (IOException | RuntimeException e) {
      inputFailure = e;
      onInputFailure.run();
    }
  }

  private void line(String line) {
    synchronized (sinkLock) {
      if (listening) {
        try {
          sink.line(line);
        } catch (RuntimeException e) {
          // The command shall not block on output that nobody takes.
          listening = false;
          sinkFailure = e;
        }
      }
    }
  }

  /** No line comes after this. */
  void stopListening() {
    synchronized (sinkLock) {
      listening = false;
    }
  }

  /** Sends a signal to the command's process group; OpenSSH does that since 7.9. */
  void signal(Signal signal) {
    inBackground(() -> channel.signal(signal));
  }

  void closeChannel() {
    inBackground(channel::close);
  }

  private interface Sending {
    void run() throws SSHException;
  }

  /**
   * Whatever is sent may block on a dead connection; and a command can only be told once it runs.
   */
  private void inBackground(Sending sending) {
    Thread.ofVirtual()
        .name("ssh-command-stop")
        .start(() -> {
          try {
            attempted.await();
            if (channel.isOpen()) {
              sending.run();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (SSHException connectionIsGone) {
            failure = failure == null ? connectionIsGone : failure;
          }
        });
  }

  /** Whether the server has started it. */
  boolean wasStarted() {
    return wasStarted;
  }

  Optional<Integer> exitStatus() {
    return Optional.ofNullable(channel.getExitStatus());
  }

  Optional<Signal> exitSignal() {
    return Optional.ofNullable(channel.getExitSignal());
  }

  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  Optional<Exception> inputFailure() {
    return Optional.ofNullable(inputFailure);
  }

  Optional<RuntimeException> sinkFailure() {
    return Optional.ofNullable(sinkFailure);
  }
}
