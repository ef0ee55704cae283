package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Keys, certificates and known_hosts made by OpenSSH's own {@code ssh-keygen}. */
public final class SshKeys {
  private SshKeys() {}

  /**
   * A new key pair without passphrase at {@code file} and {@code file.pub}.
   *
   * @param type as for {@code ssh-keygen -t}, further arguments after it
   */
  public static Path generate(Path file, String type, String... more) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(Path.of(file + ".pub"));
    var arguments = new ArrayList<String>(List.of("-q", "-t", type, "-f", file.toString()));
    if (!List.of(more).contains("-N")) {
      arguments.addAll(List.of("-N", ""));
    }
    arguments.addAll(List.of(more));
    keygen(arguments.toArray(String[]::new));
    return file;
  }

  /** The {@code .pub} of a key. */
  public static String publicKey(Path file) throws IOException {
    return Files.readString(Path.of(file + ".pub"));
  }

  /** Runs {@code ssh-keygen} and returns what it prints. */
  public static String keygen(String... arguments) throws IOException {
    var argv = new ArrayList<String>(List.of("ssh-keygen"));
    argv.addAll(List.of(arguments));
    return run(argv);
  }

  /** A program that answers when OpenSSH asks for a passphrase. */
  static Path askPass(Path file, String passphrase) throws IOException {
    Files.writeString(file, "#!/bin/sh\necho '" + passphrase + "'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  /** Runs a program of OpenSSH to its end and returns what it prints. */
  public static String run(List<String> argv) throws IOException {
    Process process =
        new ProcessBuilder(argv)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(argv + " exited " + process.exitValue() + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }
}
