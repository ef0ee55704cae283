package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import dev.kitchenhooks.testkit.TempUser;
import java.io.BufferedReader;
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
  void aShellThatGreetsBeforeEachCommandDoesNoHarm() throws Exception {
    try (OpenSshServer sshd =
        server()
            .option("ForceCommand printf 'Welcome! '; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
            .start()) {
      RecordedKitchen kitchen = kitchen(sshd, "sh -c 'exit 3'");

      FixResult result = run(kitchen);

      assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, "failed"));
      assertThat(result.reason(NODE)).isEqualTo("deploy failed (exit 3)");
      assertThat(kitchen.calls()).contains("n-post 3 " + NODE);
    }
  }

  @Test
  void aUserWithoutAHomeNeedsAWorkPathThatIsAbsolute() throws Exception {
    try (TempUser user = TempUser.create("letmein");
        OpenSshServer sshd = server().start()) {
      RecordedKitchen kitchen = kitchen(sshd, "true");
      // As that user sshd reads who may log in, and lies all that is on the node.
      assertThat(scratch.toFile().setExecutable(true, false)).isTrue();
      Path cfg = kitchen.directory().resolve("littlechef.cfg");
      String absolute = Files.readString(cfg).replace("[ssh]", "user = " + user.name() + "\n[ssh]");
      Files.writeString(cfg, absolute.replaceFirst("node_work_path = .*", "node_work_path = work"));

      FixResult result = run(kitchen);

      assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, "unreachable"));
      assertThat(result.reason(NODE)).contains("the login user has no home directory on this node");
      assertThat(result.exit()).isEqualTo(1);

      Path node = Files.createDirectories(scratch.resolve("node"));
      assertThat(node.toFile().setWritable(true, false)).isTrue();
      Files.writeString(cfg, absolute);
      FixResult well = run(kitchen);
      assertThat(well.outcomes()).as(well.out() + well.err()).isEqualTo(Map.of(NODE, "deployed"));
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

  @Test
  void aConnectionCutInMidHookSkipsTheNodeAndLeavesNothingThere() throws Exception {
    try (OpenSshServer sshd = server().start();
        Hanging hanging = new Hanging(kitchen(sshd, "true"))) {
      sshd.cutConnections();
      FixResult result = hanging.fix.await();

      hanging.assertNothingIsLeft();
      assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, "skipped"));
      assertThat(result.reason(NODE)).isEqualTo("pre hook \"there\" failed (exit 255)");
      assertThat(result.exit()).isEqualTo(5);
      assertThat(hanging.kitchen.calls())
          .containsExactly(
              "g-pre " + NODE, "n-pre " + NODE, "g-post 5 " + NODE, "g-tidy 5 " + NODE);
    }
  }

  @Test
  void aSignalEndsAHookOnTheNodeWithItsWholeTree() throws Exception {
    try (OpenSshServer sshd = server().start();
        Hanging hanging = new Hanging(kitchen(sshd, "true"))) {
      hanging.fix.signal("TERM");
      FixResult result = hanging.fix.await();

      hanging.assertNothingIsLeft();
      assertThat(result.outcomes()).as(result.err()).isEqualTo(Map.of(NODE, "interrupted"));
      assertThat(result.exit()).isEqualTo(143);
      assertThat(hanging.kitchen.calls())
          .containsExactly("g-pre " + NODE, "n-pre " + NODE, "g-tidy 143 " + NODE);
    }
  }

  @Test
  void whatAKilledFixRanOnTheNodeEndsThereAndHoldsNoLock() throws Exception {
    try (OpenSshServer sshd = server().start();
        Hanging hanging = new Hanging(kitchen(sshd, "true"))) {
      hanging.fix.signal("KILL");
      assertThat(hanging.fix.await().exit()).isEqualTo(137);
      hanging.assertNothingIsLeft();

      FixCommand again = FixCommand.in(hanging.kitchen.directory());
      FixResult status = again.run("status");
      assertThat(status.out())
          .containsPattern("there +node_predeployhook +" + NODE + " +unfinished")
          .contains("Died: ");
      FixResult result = again.run("node:all", "--yes", "--skip-hooks", "there", "--wait", "60s");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
    }
  }

  /** A run whose node's hook hangs there, with a child that does not heed SIGTERM. */
  private final class Hanging implements AutoCloseable {
    final RecordedKitchen kitchen;
    final FixProcess fix;

    /** Is open for writing in all that the hook is made of: it ends when the last of them has. */
    private final BufferedReader alive;

    Hanging(RecordedKitchen kitchen) throws Exception {
      this.kitchen = kitchen;
      Path held = fifo("held");
      kitchen
          .builder()
          .script(
              "there",
              "exec 9>" + held,
              "echo up >&9",
              "(trap '' TERM; read -r _ <" + fifo("never") + ") &",
              "wait")
          .hookDef(
              "there.json",
              """
              { "name": "there", "type": "node_predeployhook", "exec": "there", "where": "node",
                "weight": 10, "timeout": "10m", "kill_after": "1s" }
              """);
      fix =
          FixProcess.start(
              kitchen.directory(),
              scratch.resolve("output"),
              "node:all",
              "--yes",
              "--output",
              "json");
      alive = Files.newBufferedReader(held);
      assertThat(alive.readLine()).isEqualTo("up");
    }

    void assertNothingIsLeft() throws IOException {
      assertThat(alive.readLine()).isNull();
    }

    @Override
    public void close() throws IOException {
      fix.close();
      alive.close();
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
