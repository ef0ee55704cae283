package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a real OpenSSH server. */
@Timeout(120)
class RemoteCommandTest {
  @TempDir static Path directory;
  static OpenSshServer server;
  static SshConnector connector;
  static NodeSession session;

  @BeforeAll
  static void connect() throws Exception {
    Path key = SshKeys.generate(directory.resolve("key"), "ed25519");
    server =
        OpenSshServer.in(directory.resolve("server")).authorize(SshKeys.publicKey(key)).start();
    connector =
        new SshFixture(directory.resolve("home"))
            .host("web1", server)
            .knows(server.knownHostsLine())
            .key(key)
            .connector();
    session = connector.connect("web1", new StopRequest());
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
      connector.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static RemoteResult run(String command, List<String> lines) {
    return SshFixture.run(session, command, lines::add);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 75, 124, 126, 127, 130, 137, 172, 254, 255})
  void exitCodeIsTheCommandsOwn(int code) {
    assertThat(run("exit " + code, new ArrayList<>())).isEqualTo(new RemoteResult(code, ""));
  }

  @Test
  void stdoutAndStderrComeMergedInOrder() {
    var lines = new ArrayList<String>();
    run("echo one; sleep 0.1; echo two >&2; sleep 0.1; echo three; printf four", lines);
    assertThat(lines).containsExactly("one", "two", "three", "four");
  }

  @Test
  void inputOfEightMegabytesArrivesWhole() throws IOException {
    byte[] megabyte = new byte[1024 * 1024];
    var lines = new ArrayList<String>();
    RemoteResult result =
        session.run(
            "wc -c",
            out -> {
              for (int i = 0; i < 8; i++) {
                out.write(megabyte);
              }
            },
            lines::add,
            Optional.empty(),
            new StopRequest());
    assertThat(result).isEqualTo(new RemoteResult(0, ""));
    assertThat(lines).containsExactly("8388608");
  }

  @Test
  void outputOfFiftyMegabytesArrivesWhole() {
    var count = new AtomicLong();
    RemoteResult result =
        SshFixture.run(
            session,
            "yes 0123456789012345678901234567890123456789012345678 | head -c 52428800",
            line -> count.addAndGet(line.length() + 1));
    assertThat(result.exitCode()).isZero();
    assertThat(count.get()).isEqualTo(52_428_800);
  }

  @Test
  void commandThatDoesNotReadItsInputEndsAtOnceAndLeavesTheConnectionWell() {
    byte[] megabyte = new byte[1024 * 1024];
    RemoteResult result =
        session.run(
            "exit 3",
            out -> {
              for (int i = 0; i < 64; i++) {
                out.write(megabyte);
              }
            },
            line -> {},
            Optional.of(Duration.ofSeconds(20)),
            new StopRequest());
    assertThat(result).isEqualTo(new RemoteResult(3, ""));
    assertThat(run("exit 4", new ArrayList<>()).exitCode()).isEqualTo(4);
  }

  @Test
  void newKeysInTheMiddleOfThings(@TempDir Path home) throws Exception {
    Path key = SshKeys.generate(home.resolve("key"), "ed25519");
    try (var rekeying =
        OpenSshServer.in(home.resolve("server"))
            .option("RekeyLimit 1M")
            .authorize(SshKeys.publicKey(key))
            .start()) {
      var fixture = new SshFixture(home).host("web1", rekeying).key(key);
      fixture.acceptNew = true;
      byte[] megabyte = new byte[1024 * 1024];
      var lines = new ArrayList<String>();
      try (NodeSession often = fixture.connect("web1")) {
        RemoteResult result =
            often.run(
                "wc -c",
                out -> {
                  for (int i = 0; i < 8; i++) {
                    out.write(megabyte);
                  }
                },
                lines::add,
                Optional.empty(),
                new StopRequest());
        assertThat(result).isEqualTo(new RemoteResult(0, ""));
      }
      assertThat(lines).containsExactly(Integer.toString(8 * 1024 * 1024));
    }
  }
}
