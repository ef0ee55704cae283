package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that depend on the server, against OpenSSH's own. */
@Timeout(120)
class RealSshdFaultTest {
  private static final String NODE = "node.example.com";

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 172})
  void handsOnTheExitCodeOfTheConverge(int code) throws Exception {
    try (OpenSshServer sshd = server().start()) {
      RecordedKitchen kitchen = kitchen(sshd, "sh -c 'exit " + code + "'");

      FixResult result = run(kitchen);

      String outcome = code == 0 ? "deployed" : "failed";
      int exit = code == 0 ? 0 : 1;
      assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, outcome));
      assertThat(result.exit()).isEqualTo(exit);
      assertThat(kitchen.calls())
          .containsExactly(
              "g-pre " + NODE,
              "n-pre " + NODE,
              "n-post " + code + " " + NODE,
              "n-tidy " + code + " " + NODE,
              "g-post " + exit + " " + NODE,
              "g-tidy " + exit + " " + NODE);
    }
  }

  @Test
  void aNodeThatIsDownIsNotDrained() throws Exception {
    RecordedKitchen kitchen;
    try (OpenSshServer sshd = server().start()) {
      kitchen = kitchen(sshd, "true");
    }
    assertUnreachable(kitchen, "refused");
  }

  @Test
  void refusedAuthenticationMakesANodeUnreachable() throws Exception {
    try (OpenSshServer sshd =
        OpenSshServer.in(scratch.resolve("sshd")).hostKeys("ed25519").start()) {
      assertUnreachable(kitchen(sshd, "true"), "was refused");
    }
  }

  @Test
  void aChangedHostKeyMakesANodeUnreachable() throws Exception {
    try (OpenSshServer sshd = server().start()) {
      RecordedKitchen kitchen = kitchen(sshd, "true");
      Path former = SshKeys.generate(scratch.resolve("former"), "ed25519");
      Files.writeString(
          scratch.resolve("known_hosts"),
          "[127.0.0.1]:%d %s".formatted(sshd.port(), SshKeys.publicKey(former)));
      assertUnreachable(kitchen, "someone may be in between");
    }
  }

  @Test
  void aConnectionCutInMidDeployFailsItWith255() throws Exception {
    try (OpenSshServer sshd = server().start()) {
      Path arrived = fifo("arrived");
      Path release = fifo("release");
      RecordedKitchen kitchen =
          kitchen(sshd, "sh -c 'echo here > %s; cat %s'".formatted(arrived, release));
      try (FixProcess fix =
          FixProcess.start(
              kitchen.directory(),
              scratch.resolve("output"),
              "node:all",
              "--yes",
              "--output",
              "json")) {
        Files.readString(arrived);
        sshd.cutConnections();
        FixResult result = fix.await();

        assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, "failed"));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(kitchen.calls())
            .contains("n-post 255 " + NODE, "n-tidy 255 " + NODE, "g-post 1 " + NODE);
        // What ran on the node does not know of the cut; it must not outlive the test.
        Files.writeString(release, "");
      }
    }
  }

  private void assertUnreachable(RecordedKitchen kitchen, String reason) throws IOException {
    FixResult result = run(kitchen);
    assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, "unreachable"));
    assertThat(result.reason(NODE)).contains(reason);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(kitchen.calls())
        .isEqualTo(List.of("g-pre " + NODE, "g-post 1 " + NODE, "g-tidy 1 " + NODE));
  }

  private static FixResult run(RecordedKitchen kitchen) {
    return FixCommand.in(kitchen.directory()).run("node:all", "--yes", "--output", "json");
  }

  private Path fifo(String name) throws Exception {
    Path path = scratch.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor())
        .isZero();
    return path;
  }

  /** One that lets the tests' own key in. */
  private OpenSshServer server() throws IOException {
    Path key = SshKeys.generate(scratch.resolve("key"), "ed25519");
    return OpenSshServer.in(scratch.resolve("sshd"))
        .hostKeys("ed25519")
        .authorize(SshKeys.publicKey(key));
  }

  private RecordedKitchen kitchen(OpenSshServer sshd, String converge) throws IOException {
    if (!Files.exists(scratch.resolve("key"))) {
      SshKeys.generate(scratch.resolve("key"), "ed25519");
    }
    Files.writeString(scratch.resolve("known_hosts"), sshd.knownHostsLine());
    writeSshConfig(sshd.port());
    return new RecordedKitchen(
        scratch.resolve("kitchen"),
        scratch.resolve("ssh_config"),
        List.of(NODE),
        "[ssh]",
        // Whoever runs the tests needs no rights on the node: all of it lies in the scratch
        // directory.
        "sudo_prefix = env",
        "[kitchen]",
        "node_work_path = " + scratch.resolve("node/work"),
        "converge_command = " + converge);
  }

  private void writeSshConfig(int port) throws IOException {
    Files.writeString(
        scratch.resolve("ssh_config"),
        """
        Host *
          HostName 127.0.0.1
          Port %d
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
          GlobalKnownHostsFile none
        """
            .formatted(port, scratch.resolve("key"), scratch.resolve("known_hosts")));
  }
}
