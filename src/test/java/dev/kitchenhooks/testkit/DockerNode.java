package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A node with OpenSSH's own server and a real Docker engine: whoever logs in finds {@code docker
 * compose} in the PATH.
 */
public final class DockerNode implements AutoCloseable {
  private final Path directory;
  private final DockerEngine engine;
  private final OpenSshServer sshd;

  private DockerNode(Path directory, DockerEngine engine, OpenSshServer sshd) {
    this.directory = directory;
    this.engine = engine;
    this.sshd = sshd;
  }

  /** Skips the test where there can be none, saying why. */
  public static DockerNode start(Path directory) throws IOException {
    DockerEngine engine = DockerEngine.shared();
    ComposePlugin compose = ComposePlugin.require();
    Path key = SshKeys.generate(Files.createDirectories(directory).resolve("key"), "ed25519");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    // The engine of the tests listens elsewhere than a node's own.
    Path docker = bin.resolve("docker");
    Files.writeString(docker, dockerScript(engine, compose.variables()));
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    OpenSshServer sshd =
        OpenSshServer.in(directory.resolve("sshd"))
            .option("SetEnv SHLVL=2 PATH=%s:/usr/sbin:/usr/bin:/sbin:/bin".formatted(bin))
            .authorize(SshKeys.publicKey(key))
            .start();
    Files.writeString(directory.resolve("known_hosts"), sshd.knownHostsLine());
    Files.writeString(
        directory.resolve("ssh_config"),
        """
        Host *
          HostName 127.0.0.1
          Port %d
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
          GlobalKnownHostsFile none
        """
            .formatted(sshd.port(), key, directory.resolve("known_hosts")));
    return new DockerNode(directory, engine, sshd);
  }

  private static String dockerScript(DockerEngine engine, Map<String, String> variables)
      throws IOException {
    var script = new StringBuilder("#!/bin/sh\nexport DOCKER_HOST=" + engine.host() + "\n");
    variables.forEach((name, value) -> script.append("export %s=%s\n".formatted(name, value)));
    return script.append("exec ").append(DockerEngine.client()).append(" \"$@\"\n").toString();
  }

  /** A name that no other node has: on one machine, its lock goes by that. */
  public String fqdn() {
    return "node%d.example.com".formatted(sshd.port());
  }

  /** The lines of {@code littlechef.cfg} by which it is reached. */
  public String[] config() {
    return new String[] {
      "[userinfo]",
      "ssh-config = " + directory.resolve("ssh_config"),
      "[kitchen]",
      "node_work_path = " + directory.resolve("work")
    };
  }

  /** {@code docker} as the node has it, to be called from anywhere. */
  public Path docker() {
    return directory.resolve("bin/docker");
  }

  /** The engine that it has. */
  public DockerEngine engine() {
    return engine;
  }

  /** A path that is this node's alone. */
  public Path file(String name) {
    return directory.resolve("files").resolve(name);
  }

  /** Names of the running containers of a compose project, sorted, one a line. */
  public String running(String project) throws IOException {
    return engine.docker(
        "ps", "--format", "{{.Names}}", "--filter", "label=com.docker.compose.project=" + project);
  }

  /** Ends the server, and the containers of all compose projects. */
  @Override
  public void close() throws IOException {
    sshd.close();
    String left =
        engine.docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project");
    for (String container : left.lines().toList()) {
      engine.docker("rm", "--force", container);
    }
  }
}
