package dev.kitchenhooks.chef;

import dev.kitchenhooks.demo.StandIns;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A "connection" that runs the command lines on this machine, so that the scripts meet every shell
 * that can be had, without SSH between.
 */
final class LocalNode implements NodeConnector, NodeSession {
  /** A shell to run the scripts with. */
  enum Shell {
    DASH,
    BASH,
    /** Everything busybox: tar, gzip, id, setsid and the rest, too. */
    BUSYBOX
  }

  private static final List<String> BUSYBOX_APPLETS =
      List.of(
          ("awk cat chmod cksum cmp cp date dd dirname env find grep gzip id kill ln ls mkdir mkfifo"
                  + " mv od rm sed setsid sh sha256sum sleep sort stat tar tee tr true wc")
              .split(" "));

  final Path home;

  /** All but those that take the lock. */
  final List<String> commands = new CopyOnWriteArrayList<>();

  final List<String> output = new CopyOnWriteArrayList<>();

  /** So many bytes of input reach the command; then the connection is lost. */
  long inputLimit = Long.MAX_VALUE;

  /** Bytes of input that were written, of all commands but those that take the lock. */
  final AtomicLong inputWritten = new AtomicLong();

  /** Called before the input is written. */
  Runnable beforeInput = () -> {};

  private final String path;

  LocalNode(Path home, Shell shell) throws IOException {
    this.home = Files.createDirectories(home);
    StandIns.install(home);
    String bin = home.resolve("bin").toString();
    switch (shell) {
      case DASH -> program("sh", "#!/usr/bin/dash\nexec /usr/bin/dash \"$@\"\n");
      case BASH -> program("sh", "#!/usr/bin/bash\nexec /usr/bin/bash --posix \"$@\"\n");
      case BUSYBOX -> {
        for (String applet : BUSYBOX_APPLETS) {
          program(
              applet, "#!/usr/bin/busybox sh\nexec /usr/bin/busybox %s \"$@\"\n".formatted(applet));
        }
      }
    }
    path = shell == Shell.BUSYBOX ? bin : bin + ":/usr/bin:/bin";
  }

  Path file(String name) {
    return home.resolve(name);
  }

  /** Puts a program in front of the PATH. */
  void program(String name, String script) throws IOException {
    Path file = file("bin/" + name);
    Files.deleteIfExists(file);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The revision of the kitchen that is the current one. */
  Path revision() throws IOException {
    return file("kitchen/rev-" + Files.readString(file("kitchen/current")).split(" ", -1)[0]);
  }

  void setting(String name, String value) throws IOException {
    Files.writeString(StandIns.settings(home).resolve(name), value);
  }

  String recorded(String name) throws IOException {
    Path file = StandIns.settings(home).resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Override
  public NodeSession connect(String fqdn, StopRequest stop) {
    return this;
  }

  @Override
  public RemoteResult run(
      String commandLine,
      Input stdin,
      LineSink sink,
      Optional<Duration> timeout,
      StopRequest stop) {
    boolean ofLock = commandLine.contains(" fix-lock ");
    if (!ofLock) {
      commands.add(commandLine);
    }
    try {
      var builder = new ProcessBuilder(home.resolve("bin/sh").toString(), "-c", commandLine);
      builder.directory(home.toFile()).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().put("PATH", path);
      builder.environment().put("HOME", home.toString());
      Process process = builder.start();
      Thread writer =
          Thread.ofVirtual().start(() -> write(ofLock, stdin, process.getOutputStream()));
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        reader
            .lines()
            .forEach(line -> {
              if (!ofLock) {
                output.add(line);
              }
              sink.line(line);
            });
      }
      // As over SSH: what nobody reads any more is not waited for.
      writer.interrupt();
      writer.join();
      int code = process.waitFor();
      return !ofLock && inputLimit < Long.MAX_VALUE
          ? new RemoteResult(RemoteResult.CONNECTION_LOST, "connection lost: cut by the test")
          : new RemoteResult(code, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(boolean ofLock, Input stdin, OutputStream to) {
    if (!ofLock) {
      beforeInput.run();
    }
    try (OutputStream out = new Limited(to, ofLock)) {
      stdin.writeTo(out);
    } catch (IOException e) {
      output.add("(input broke off: " + e.getMessage() + ")");
    }
  }

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public void close() {}

  private final class Limited extends FilterOutputStream {
    private final boolean ofLock;
    private long left;

    Limited(OutputStream out, boolean ofLock) {
      super(out);
      this.ofLock = ofLock;
      left = ofLock ? Long.MAX_VALUE : inputLimit;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int allowed = Math.clamp(left, 0, length);
      out.write(bytes, offset, allowed);
      if (!ofLock) {
        inputWritten.addAndGet(allowed);
      }
      left -= allowed;
      if (allowed < length) {
        throw new IOException("cut by the test");
      }
    }
  }
}
