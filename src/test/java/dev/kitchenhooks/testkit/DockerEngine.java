package dev.kitchenhooks.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Docker engine of the tests' own: a daemon that listens on a socket in a temporary
 * directory, with one image, {@link #IMAGE}, made without any registry. Its containers have no
 * network.
 */
public final class DockerEngine implements AutoCloseable {
  /** Busybox and nothing else; its own command is {@code /bin/sh}. */
  public static final String IMAGE = "tiny";

  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 30;
  private static final List<String> APPLETS =
      List.of(
          "sh", "cat", "sleep", "echo", "ls", "id", "env", "touch", "trap", "kill", "ps", "mkdir",
          "test", "head", "wc", "dd", "mv", "ln", "rm", "seq", "printf", "true", "false", "stat",
          "pwd", "mkfifo", "grep", "yes", "setsid", "date");

  private static @Nullable DockerEngine shared;
  private static @Nullable String unavailable;

  private final Path directory;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Process daemon;

  private DockerEngine(Path directory, Process daemon) {
    this.directory = directory;
    this.daemon = daemon;
  }

  /** The one of this JVM; skips the test where there can be none, saying why. */
  public static synchronized DockerEngine shared() {
    if (shared == null && unavailable == null) {
      try {
        shared = start();
        Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "stop-dockerd"));
      } catch (IOException e) {
        unavailable = "no Docker engine: " + e.getMessage();
      }
    }
    assumeTrue(shared != null, unavailable);
    return shared;
  }

  /** One more, for a test that ends it. Only where {@link #shared} is there too. */
  public static DockerEngine another() throws IOException {
    shared();
    return start();
  }

  private static DockerEngine start() throws IOException {
    Path program = program("dockerd");
    program("docker");
    Path busybox = program("busybox");
    if (!System.getProperty("user.name").equals("root")) {
      throw new IOException("dockerd needs root");
    }
    // Short: the path of a socket has at most 107 bytes.
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "fix-docker");
    Process daemon =
        new ProcessBuilder(
                program.toString(),
                "--storage-driver=vfs",
                "--iptables=false",
                "--ip6tables=false",
                "--bridge=none",
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--host=unix://" + directory.resolve("docker.sock"))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .start();
    var engine = new DockerEngine(directory, daemon);
    try {
      engine.awaitListening();
      engine.makeImage(busybox);
      return engine;
    } catch (IOException e) {
      engine.close();
      throw e;
    }
  }

  /** The program {@code docker}. */
  static Path client() throws IOException {
    return program("docker");
  }

  private static Path program(String name) throws IOException {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
    Optional<Path> found =
        Stream.of(path.split(":", -1))
            .map(dir -> Path.of(dir, name))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(() -> new IOException(name + " is not installed"));
  }

  private void awaitListening() throws IOException {
    var listening = new CompletableFuture<Boolean>();
    Thread.ofVirtual().name("dockerd-log").start(() -> follow(listening));
    try {
      if (!listening.get(START_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "dockerd does not start here: " + (log.isEmpty() ? "" : log.getLast()));
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("dockerd says nothing: " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void follow(CompletableFuture<Boolean> listening) {
    try (BufferedReader lines = daemon.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.contains("API listen on")) {
          listening.complete(true);
        }
      }
    } catch (IOException closed) {
      log.add("log ended: " + closed);
    }
    listening.complete(false);
  }

  private void makeImage(Path busybox) throws IOException {
    Path root = directory.resolve("root");
    for (String name : List.of("bin", "tmp", "etc", "proc")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.copy(busybox, root.resolve("bin/busybox"));
    root.resolve("bin/busybox").toFile().setExecutable(true, false);
    for (String applet : APPLETS) {
      Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
    }
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\nweb:x:1234:1234:web:/:/bin/sh\n");
    Path tar = directory.resolve("root.tar");
    SshKeys.run(List.of("tar", "--create", "--file", tar.toString(), "-C", root.toString(), "."));
    importImage(IMAGE, "CMD [\"/bin/sh\"]");
    if (!docker("run", "--rm", "--init", "--network=none", IMAGE, "echo", "works")
        .contains("works")) {
      throw new IOException("its containers say nothing");
    }
  }

  /** Makes one more image with the same files, which says no more than these changes. */
  public void importImage(String name, String... changes) throws IOException {
    var arguments = new ArrayList<>(List.of("import"));
    for (String change : changes) {
      arguments.addAll(List.of("--change", change));
    }
    arguments.addAll(List.of(directory.resolve("root.tar").toString(), name));
    docker(arguments.toArray(String[]::new));
  }

  /** What tells {@code docker} where it is: {@code DOCKER_HOST}. */
  public String host() {
    return "unix://" + directory.resolve("docker.sock");
  }

  /** Runs {@code docker} and returns what it wrote. */
  public String docker(String... arguments) throws IOException {
    var argv = new ArrayList<String>();
    argv.add(client().toString());
    argv.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(System.getenv());
    var builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("DOCKER_HOST", host());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", argv) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }

  /** Names of the containers of a kitchen, running or not, sorted. */
  public List<String> containers(Path kitchen) throws IOException {
    return list(kitchen, "--all");
  }

  /** Names of those that run. */
  public List<String> running(Path kitchen) throws IOException {
    return list(kitchen);
  }

  private List<String> list(Path kitchen, String... options) throws IOException {
    var arguments = new ArrayList<>(List.of("ps", "--format", "{{.Names}}"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--filter", "label=dev.kitchenhooks.kitchen=" + kitchen));
    return docker(arguments.toArray(String[]::new)).lines().sorted().toList();
  }

  /** Ends the daemon gently: it ends its containers first. */
  public void terminate() throws InterruptedException {
    daemon.destroy();
    daemon.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends the daemon, its containers, and all that it has written. */
  @Override
  public void close() {
    try {
      if (daemon.isAlive()) {
        String left = docker("ps", "--all", "--quiet");
        if (!left.isBlank()) {
          docker(Stream.concat(Stream.of("rm", "--force"), left.lines()).toArray(String[]::new));
        }
        terminate();
      }
    } catch (IOException e) {
      log.add("containers are left: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    daemon.descendants().forEach(ProcessHandle::destroyForcibly);
    daemon.destroyForcibly();
    unmount();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      log.add("files are left: " + e);
    }
  }

  /** What a daemon leaves mounted: the network of the host, once a container has used it. */
  private void unmount() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
        String place = line.split(" ", -1)[1];
        if (place.startsWith(directory + "/")) {
          SshKeys.run(List.of("umount", place));
        }
      }
    } catch (IOException e) {
      log.add("mounts are left: " + e);
    }
  }
}
