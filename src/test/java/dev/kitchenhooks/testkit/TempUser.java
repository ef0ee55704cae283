package dev.kitchenhooks.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A user of this machine with a password, for as long as a test needs one. */
public final class TempUser implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  private TempUser(String name) {
    this.name = name;
  }

  /** Skips the test where users cannot be made, saying so. */
  public static TempUser create(String password) throws IOException {
    assumeTrue(
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/sbin/useradd")),
        "needs root and useradd, to make a user with a password");
    String name = "fix-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    String hash = SshKeys.run(List.of("openssl", "passwd", "-6", password)).strip();
    SshKeys.run(
        List.of(
            "/usr/sbin/useradd",
            "--no-create-home",
            "--home-dir",
            "/",
            "--shell",
            "/bin/sh",
            "--password",
            hash,
            name));
    return new TempUser(name);
  }

  public String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    // Even while its last session is still ending.
    SshKeys.run(List.of("/usr/sbin/userdel", "--force", name));
  }
}
