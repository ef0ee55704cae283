package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.NodeSession.Input;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import dev.kitchenhooks.testkit.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are ended, and connections that end under them. */
@Timeout(120)
class StoppingTest {
  private static final Optional<Duration> NO_TIMEOUT = Optional.empty();

  @TempDir static Path directory;
  static OpenSshServer server;
  static Path key;

  @BeforeAll
  static void start() throws Exception {
    key = SshKeys.generate(directory.resolve("key"), "ed25519");
    server =
        OpenSshServer.in(directory.resolve("server")).authorize(SshKeys.publicKey(key)).start();
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  @TempDir Path home;

  private SshFixture fixture() throws Exception {
    return new SshFixture(home).host("web1", server).knows(server.knownHostsLine()).key(key);
  }

  /** Takes the process id that a command prints first. */
  private static final class FirstLine implements LineSink {
    final CompletableFuture<Long> pid = new CompletableFuture<>();

    @Override
    public void line(String line) {
      if (!pid.isDone()) {
        pid.complete(Long.parseLong(line));
      }
    }

    void assertGone() throws Exception {
      Optional<ProcessHandle> process = ProcessHandle.of(pid.get(10, TimeUnit.SECONDS));
      if (process.isPresent()) {
        process.get().onExit().get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void timeoutEndsTheCommandOnTheNode() throws Exception {
    var output = new FirstLine();
    try (NodeSession session = fixture().connect("web1")) {
      RemoteResult result =
          session.run(
              "echo $$; sleep 1000; true",
              Input.NONE,
              output,
              Optional.of(Duration.ofSeconds(2)),
              new StopRequest());
      assertThat(result).isEqualTo(new RemoteResult(124, "timed out after 2.0s"));
    }
    output.assertGone();
  }

  @Test
  void commandThatIgnoresSigtermIsKilled() throws Exception {
    var output = new FirstLine();
    try (NodeSession session = fixture().connect("web1")) {
      RemoteResult result =
          session.run(
              "trap '' TERM; echo $$; sleep 1000; sleep 1000",
              Input.NONE,
              output,
              Optional.of(Duration.ofSeconds(2)),
              new StopRequest());
      assertThat(result).isEqualTo(new RemoteResult(124, "timed out after 2.0s"));
    }
    output.assertGone();
  }

  @Test
  void stopRequestEndsTheCommandWithTimeToTidyUp() throws Exception {
    var output = new FirstLine();
    var stop = new StopRequest();
    try (NodeSession session = fixture().connect("web1")) {
      var _ = output.pid.thenRun(() -> stop.request(Level.TERMINATE));
      Path tidied = home.resolve("tidied");
      RemoteResult result =
          session.run(
              "trap 'touch " + tidied + "; exit 0' TERM; echo $$; while :; do sleep 0.1; done",
              Input.NONE,
              output,
              NO_TIMEOUT,
              stop);
      assertThat(result).isEqualTo(new RemoteResult(130, "stopped"));
      assertThat(tidied).exists();
    }
    output.assertGone();
  }

  @Test
  void secondStopRequestKillsAtOnce() throws Exception {
    SshFixture fixture = fixture();
    fixture.limits = new Supervision.Limits(Duration.ofMinutes(5), Duration.ofSeconds(5));
    var output = new FirstLine();
    var stop = new StopRequest();
    try (NodeSession session = fixture.connect("web1")) {
      var _ =
          output.pid.thenRun(() -> {
            stop.request(Level.TERMINATE);
            stop.request(Level.KILL);
          });
      RemoteResult result =
          session.run(
              "trap '' TERM; echo $$; sleep 1000; sleep 1000",
              Input.NONE,
              output,
              NO_TIMEOUT,
              stop);
      assertThat(result).isEqualTo(new RemoteResult(130, "stopped"));
    }
    output.assertGone();
  }

  @Test
  void stopRequestedBeforehandStartsNothing() throws Exception {
    var stop = new StopRequest();
    try (NodeSession session = fixture().connect("web1")) {
      stop.request(Level.TERMINATE);
      Path file = home.resolve("file");
      assertThat(session.run("touch " + file, Input.NONE, line -> {}, NO_TIMEOUT, stop))
          .isEqualTo(new RemoteResult(130, "stopped before it was started"));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void processesThatHoldTheOutputOpenAreNamedAsTheCause() throws Exception {
    try (NodeSession session = fixture().connect("web1")) {
      RemoteResult result =
          session.run(
              "setsid sh -c 'sleep 20' & exit 3",
              Input.NONE,
              line -> {},
              Optional.of(Duration.ofSeconds(2)),
              new StopRequest());
      assertThat(result.exitCode()).isEqualTo(124);
      assertThat(result.detail())
          .isEqualTo(
              "timed out after 2.0s; it had exited with 3, but processes that it left held its"
                  + " output open");
      assertThat(SshFixture.run(session, "exit 5", line -> {}).exitCode()).isEqualTo(5);
    }
  }

  @Test
  void connectionThatIsCutIsNoticedAtOnce() throws Exception {
    var output = new FirstLine();
    try (NodeSession session = fixture().connect("web1")) {
      var _ = output.pid.thenRun(server::cutConnections);
      RemoteResult result =
          session.run(
              "echo $$; exec sleep 1000", Input.NONE, output, NO_TIMEOUT, new StopRequest());
      assertThat(result.exitCode()).isEqualTo(255);
      assertThat(result.detail()).startsWith("connection lost: ");
      assertThat(SshFixture.run(session, "true", line -> {}).exitCode()).isEqualTo(255);
    } finally {
      // The command goes on, as it does on a node; here it shall not.
      ProcessHandle.of(output.pid.get(10, TimeUnit.SECONDS)).ifPresent(ProcessHandle::destroy);
    }
  }

  @Test
  void connectionThatIsResetIsNoticedAtOnce() throws Exception {
    try (var proxy = TcpProxy.to(server.port(), TcpProxy.Then.CUT, Long.MAX_VALUE)) {
      SshFixture fixture = throughProxy(proxy);
      try (NodeSession session = fixture.connect("proxied")) {
        proxy.allow(100_000);
        RemoteResult result =
            session.run("yes", Input.NONE, line -> {}, NO_TIMEOUT, new StopRequest());
        assertThat(result.exitCode()).isEqualTo(255);
        assertThat(result.detail()).startsWith("connection lost: ");
      }
    }
  }

  @Test
  void silenceEndsTheConnectionEvenWhileALargeInputIsWritten() throws Exception {
    try (var proxy = TcpProxy.to(server.port(), TcpProxy.Then.VANISH, Long.MAX_VALUE)) {
      SshFixture fixture = throughProxy(proxy, "ServerAliveInterval 1", "ServerAliveCountMax 2");
      byte[] megabyte = new byte[1024 * 1024];
      try (NodeSession session = fixture.connect("proxied")) {
        proxy.allow(3_000_000);
        RemoteResult result =
            session.run(
                "cat >/dev/null",
                out -> {
                  for (int i = 0; i < 1000; i++) {
                    out.write(megabyte);
                  }
                },
                line -> {},
                NO_TIMEOUT,
                new StopRequest());
        assertThat(result).isEqualTo(new RemoteResult(255, "connection lost: no answer for 2s"));
      }
    }
  }

  @Test
  void stopReturnsEvenIfTheConnectionIsDead() throws Exception {
    try (var proxy = TcpProxy.to(server.port(), TcpProxy.Then.VANISH, Long.MAX_VALUE)) {
      SshFixture fixture = throughProxy(proxy);
      fixture.limits = new Supervision.Limits(Duration.ofMillis(200), Duration.ofMillis(200));
      try (NodeSession session = fixture.connect("proxied")) {
        proxy.allow(0);
        RemoteResult result =
            session.run(
                "true",
                Input.NONE,
                line -> {},
                Optional.of(Duration.ofMillis(200)),
                new StopRequest());
        assertThat(result.exitCode()).isEqualTo(124);
        assertThat(result.detail())
            .isEqualTo(
                "timed out after 0.2s; it did not end when told to, and may still run on the"
                    + " node");
      }
    }
  }

  @Test
  void inputThatCannotBeHadEndsTheCommandAndIsTold() throws Exception {
    try (NodeSession session = fixture().connect("web1")) {
      Path received = home.resolve("received");
      RemoteResult result =
          session.run(
              "cat && touch " + received,
              out -> {
                out.write(1);
                throw new java.io.IOException("disk on fire");
              },
              line -> {},
              NO_TIMEOUT,
              new StopRequest());
      assertThat(result)
          .isEqualTo(new RemoteResult(255, "its input could not be sent: disk on fire"));
      assertThat(received).doesNotExist();
    }
  }

  private SshFixture throughProxy(TcpProxy proxy, String... options) throws Exception {
    return new SshFixture(home)
        .host("proxied", proxy.port(), options)
        .config("HostKeyAlias web1")
        .knows("web1 " + server.hostKey("ed25519"))
        .key(key);
  }
}
