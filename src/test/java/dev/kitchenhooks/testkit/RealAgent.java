package dev.kitchenhooks.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's own {@code ssh-agent}. */
public final class RealAgent implements AutoCloseable {
  private final Path socket;
  private final Process process;

  private RealAgent(Path socket, Process process) {
    this.socket = socket;
    this.process = process;
  }

  /** Starts one without keys. */
  public static RealAgent start(Path socket) throws IOException {
    Process process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // It listens before it prints where.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    if (output.readLine() == null) {
      throw new IOException("ssh-agent does not start");
    }
    return new RealAgent(socket, process);
  }

  /** What {@code SSH_AUTH_SOCK} says. */
  public Path socket() {
    return socket;
  }

  /** {@code ssh-add}; with a passphrase if the key has one. */
  public RealAgent add(Path key, String passphrase) throws IOException {
    Path answer = SshKeys.askPass(socket.resolveSibling("askpass"), passphrase);
    var argv =
        new ArrayList<String>(
            List.of(
                "env",
                "SSH_AUTH_SOCK=" + socket,
                "SSH_ASKPASS=" + answer,
                "SSH_ASKPASS_REQUIRE=force",
                "ssh-add",
                "-q"));
    argv.add(key.toString());
    SshKeys.run(argv);
    return this;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
