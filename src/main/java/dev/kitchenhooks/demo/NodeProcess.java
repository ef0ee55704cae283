package dev.kitchenhooks.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One command on an embedded node: a process of {@code /bin/sh}, behaving towards the client as
 * OpenSSH's server does. A closed channel closes the command's streams and nothing more; a signal
 * request reaches the whole process tree.
 */
final class NodeProcess implements Command {
  private static final int BUFFER = 32 * 1024;

  private final String commandLine;
  private final Path home;
  private final NodeWatcher watcher;
  private final Set<NodeProcess> running;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();
  private ExitCallback exit = (code, message, close) -> {};
  private volatile @Nullable Process process;

  /**
   * @param running holds this while the process lives
   */
  NodeProcess(String commandLine, Path home, NodeWatcher watcher, Set<NodeProcess> running) {
    this.commandLine = commandLine;
    this.home = home;
    this.watcher = watcher;
    this.running = running;
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    environment.addSignalListener((c, signal) -> signalled(signal), Signal.TERM, Signal.KILL);
    String user = environment.getEnv().getOrDefault(Environment.ENV_USER, "");
    Thread.ofVirtual().name("node-command").start(() -> run(channel, user));
  }

  private void run(Channel channel, String user) {
    watcher.commandArrived(commandLine);
    int code;
    try {
      Process started = launch(user);
      process = started;
      running.add(this);
      Thread.ofVirtual().start(() -> feed(started, channel));
      Thread errors = Thread.ofVirtual().start(() -> drain(started.getErrorStream(), err));
      drain(started.getInputStream(), out);
      errors.join();
      code = started.waitFor();
    } catch (IOException e) {
      code = 127;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      code = 255;
    } finally {
      running.remove(this);
    }
    exit.onExit(code);
  }

  private Process launch(String user) throws IOException {
    var builder = new ProcessBuilder(List.of("/bin/sh", "-c", commandLine));
    builder.directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HOME", home.toString());
    environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("USER", user);
    environment.put("LOGNAME", user);
    environment.put("SHELL", "/bin/sh");
    return builder.start();
  }

  /** Client to command. Ends at the client's EOF, or when the command no longer reads. */
  private void feed(Process started, Channel channel) {
    try (OutputStream stdin = started.getOutputStream()) {
      byte[] buffer = new byte[BUFFER];
      int n;
      while ((n = in.read(buffer)) >= 0) {
        int allowed = watcher.inputArrived(n);
        stdin.write(buffer, 0, allowed);
        stdin.flush();
        if (allowed < n) {
          EmbeddedNode.cut(channel.getSession());
          return;
        }
      }
    } catch (IOException e) {
      // The command closed its input, or the client is gone: nothing is left to hand on.
      return;
    }
  }

  /** Command to client. Output nobody can take any more is still read, so that the command ends. */
  private static void drain(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    boolean open = true;
    try (from) {
      int n;
      while ((n = from.read(buffer)) >= 0) {
        open = open && forward(buffer, n, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean forward(byte[] buffer, int n, OutputStream to) {
    try {
      to.write(buffer, 0, n);
      to.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void signalled(Signal signal) {
    tree().forEach(signal == Signal.KILL ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
  }

  void kill() {
    tree().forEach(ProcessHandle::destroyForcibly);
  }

  private Stream<ProcessHandle> tree() {
    Process p = process;
    // Listed first, signalled after: a parent that dies takes its children out of the list.
    return p == null
        ? Stream.empty()
        : Stream.concat(p.descendants(), Stream.of(p.toHandle())).toList().stream();
  }

  @Override
  public void destroy(ChannelSession channel) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
