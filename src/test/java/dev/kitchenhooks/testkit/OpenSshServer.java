package dev.kitchenhooks.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real OpenSSH server on loopback, with host keys, configuration and authorized keys of its own,
 * run by whoever runs the tests. Sessions are real login shells of that user (or, started by root,
 * of any user).
 */
public final class OpenSshServer implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final int BIND_ATTEMPTS = 5;

  private final Path directory;
  private final List<String> options = new ArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<String> hostKeyTypes = new ArrayList<>();
  private @Nullable Process process;
  private int port;

  private OpenSshServer(Path directory) {
    this.directory = directory;
  }

  /** Skips the test where there is no sshd, saying so. */
  public static void assumeAvailable() {
    assumeTrue(Files.isExecutable(SSHD), "needs OpenSSH's server: apt-get install openssh-server");
  }

  /** A server that is not started yet and has an ed25519 host key. */
  public static OpenSshServer in(Path directory) throws IOException {
    assumeAvailable();
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("authorized_keys"), "");
    var server = new OpenSshServer(directory);
    // Passwords and accounts are asked of PAM only where a test wants that.
    server
        .option("UsePAM no")
        .option("StrictModes no")
        .option("PidFile none")
        .option("LogLevel VERBOSE")
        .option("UseDNS no")
        // Bash reads ~/.bashrc under sshd, but only at the first level: whose tests these are must
        // not matter.
        .option("SetEnv SHLVL=2")
        .option("PermitRootLogin yes")
        .option("AuthorizedKeysFile " + directory.resolve("authorized_keys"));
    return server;
  }

  /** One more line of sshd_config; as everywhere in OpenSSH the first of a kind counts. */
  public OpenSshServer option(String line) {
    options.add(0, line);
    return this;
  }

  /** Lets a public key, one line as in {@code .pub} files, log in. */
  public OpenSshServer authorize(String publicKey) throws IOException {
    Files.writeString(
        directory.resolve("authorized_keys"), publicKey.strip() + "\n", StandardOpenOption.APPEND);
    return this;
  }

  /** The types of host key that it has, new ones made: {@code ed25519}, {@code rsa}, ... */
  public OpenSshServer hostKeys(String... types) throws IOException {
    hostKeyTypes.clear();
    for (String type : types) {
      SshKeys.generate(hostKeyFile(type), type);
      hostKeyTypes.add(type);
    }
    return this;
  }

  /** Listens when this returns; if it ran already it is ended first, and keeps its port. */
  public OpenSshServer start() throws IOException {
    close();
    if (hostKeyTypes.isEmpty()) {
      hostKeys("ed25519");
    }
    for (int attempt = 1; ; attempt++) {
      if (port == 0) {
        port = freePort();
      }
      try {
        launch();
        return this;
      } catch (IOException e) {
        if (attempt == BIND_ATTEMPTS) {
          throw e;
        }
        port = 0;
      }
    }
  }

  private void launch() throws IOException {
    var config = new ArrayList<String>(options);
    config.add("Port " + port);
    config.add("ListenAddress 127.0.0.1");
    hostKeyTypes.forEach(type -> config.add("HostKey " + hostKeyFile(type)));
    Path file = directory.resolve("sshd_config");
    Files.write(file, config);
    Path separation = Path.of("/run/sshd");
    if (System.getProperty("user.name").equals("root") && !Files.exists(separation)) {
      // What the distribution's service does before it starts sshd.
      Files.createDirectory(
          separation,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Process sshd =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", file.toString())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .start();
    process = sshd;
    var listening = new CompletableFuture<Boolean>();
    Thread.ofVirtual().name("sshd-log").start(() -> follow(sshd, listening));
    boolean ok;
    try {
      ok = listening.get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      throw new IOException("sshd says nothing: " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (!ok) {
      throw new IOException("sshd does not start: " + log);
    }
  }

  private void follow(Process sshd, CompletableFuture<Boolean> listening) {
    try (BufferedReader lines = sshd.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.startsWith("Server listening")) {
          listening.complete(true);
        }
      }
    } catch (IOException closed) {
      log.add("log ended: " + closed);
    }
    listening.complete(false);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** On 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Who logs in with {@link #authorize authorized} keys: whoever runs the tests. */
  public String user() {
    return System.getProperty("user.name");
  }

  private Path hostKeyFile(String type) {
    return directory.resolve("host_" + type);
  }

  /** The public host key, as {@code type base64}. */
  public String hostKey(String type) throws IOException {
    String[] words = Files.readString(Path.of(hostKeyFile(type) + ".pub")).split(" ", -1);
    return words[0] + " " + words[1].strip();
  }

  /** The file of the private host key, for {@code ssh-keygen}. */
  public Path hostKeyPath(String type) {
    return hostKeyFile(type);
  }

  /** A known_hosts line for {@code [127.0.0.1]:port}. */
  public String knownHostsLine() throws IOException {
    return "[127.0.0.1]:" + port + " " + hostKey(hostKeyTypes.getFirst()) + "\n";
  }

  /** What sshd has logged so far. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** Kills the processes that serve connections, not the commands: as if the network were cut. */
  public void cutConnections() {
    Process sshd = process;
    if (sshd != null) {
      sshd.descendants()
          .filter(child -> child.info().command().orElse("").contains("sshd"))
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Ends the server and what it serves. */
  @Override
  public void close() {
    Process sshd = process;
    if (sshd != null) {
      process = null;
      List<ProcessHandle> all = sshd.descendants().toList();
      sshd.destroy();
      all.forEach(ProcessHandle::destroyForcibly);
      sshd.onExit().join();
    }
  }
}
