package dev.kitchenhooks.ssh;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.testkit.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A caller with a home of their own, who connects to {@link OpenSshServer}s. */
final class SshFixture {
  final Path home;
  final List<String> warnings = new ArrayList<>();
  final Map<String, String> variables =
      new HashMap<>(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));
  Optional<Path> keyFile = Optional.empty();
  Optional<Secret> password = Optional.empty();
  Optional<String> user = Optional.empty();
  Optional<String> gateway = Optional.empty();
  Optional<Path> sshConfig = Optional.empty();
  boolean acceptNew;
  Duration connectTimeout = Duration.ofSeconds(20);
  Supervision.Limits limits = new Supervision.Limits(Duration.ofSeconds(2), Duration.ofSeconds(10));

  SshFixture(Path home) throws IOException {
    this.home = home;
    Files.createDirectories(home.resolve(".ssh"));
  }

  SshFixture config(String... lines) throws IOException {
    Path file = home.resolve(".ssh/config");
    Files.writeString(
        file,
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return this;
  }

  /** Gives a server a name. */
  SshFixture host(String name, OpenSshServer server, String... more) throws IOException {
    return host(name, server.port(), more);
  }

  SshFixture host(String name, int port, String... more) throws IOException {
    var lines = new ArrayList<>(List.of("Host " + name, "HostName 127.0.0.1", "Port " + port));
    lines.addAll(List.of(more));
    return config(lines.toArray(String[]::new));
  }

  Path knownHosts() {
    return home.resolve(".ssh/known_hosts");
  }

  SshFixture knows(String... lines) throws IOException {
    for (String line : lines) {
      Files.writeString(
          knownHosts(), line.strip() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return this;
  }

  SshFixture key(Path file) {
    keyFile = Optional.of(file);
    return this;
  }

  KitchenConfig.Ssh ssh() {
    return new KitchenConfig.Ssh(
        user, password, keyFile, sshConfig, gateway, acceptNew, connectTimeout);
  }

  SshConnector connector() {
    var environment =
        new SshEnvironment(
            home, System.getProperty("user.name"), variables, home.resolve("no-system-config"));
    return new SshConnector(ssh(), environment, problem -> warnings.add(problem.format()), limits);
  }

  NodeSession connect(String name) throws UnreachableException {
    return connector().connect(name, new StopRequest());
  }

  /** Connects and runs one command. */
  RemoteResult run(String name, String command, LineSink output) throws UnreachableException {
    try (SshConnector connector = connector();
        NodeSession session = connector.connect(name, new StopRequest())) {
      return run(session, command, output);
    }
  }

  static RemoteResult run(NodeSession session, String command, LineSink output) {
    return session.run(
        command, NodeSession.Input.NONE, output, Optional.empty(), new StopRequest());
  }
}
