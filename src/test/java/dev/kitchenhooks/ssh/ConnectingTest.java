package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import dev.kitchenhooks.testkit.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that cannot be reached, each for its own reason. */
@Timeout(60)
class ConnectingTest {
  @TempDir Path home;
  private SshFixture fixture;

  @BeforeEach
  void caller() throws Exception {
    fixture = new SshFixture(home);
  }

  private String refusal(String name) {
    var message = new StringBuilder();
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> fixture.connect(name))
        .satisfies(e -> message.append(e.getMessage()));
    assertThat(message.toString()).doesNotContain("\n");
    return message.toString();
  }

  /** Accepts connections, and does with each what a test wants. */
  private static final class Listener implements AutoCloseable {
    interface Handler {
      void handle(Socket socket) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Listener(Handler handler) throws IOException {
      Thread.ofVirtual()
          .start(() -> {
            while (!socket.isClosed()) {
              try {
                Socket client = socket.accept();
                open.add(client);
                handler.handle(client);
              } catch (IOException closed) {
                return;
              }
            }
          });
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
    }
  }

  @Test
  void connectionRefused() throws Exception {
    int port;
    try (var listener = new Listener(socket -> {})) {
      port = listener.port();
    }
    fixture.host("down", port);
    assertThat(refusal("down"))
        .isEqualTo(
            "connection refused by 127.0.0.1:%d; is sshd running there, on that port?"
                .formatted(port));
  }

  @Test
  void noSuchHost() {
    assertThat(refusal("no-such-host.invalid"))
        .isEqualTo(
            "no such host: no-such-host.invalid; check its name, or give it a HostName in ssh_config");
  }

  @Test
  void serverThatSaysNothingIsGivenUpInTime() throws Exception {
    try (var listener = new Listener(socket -> {})) {
      fixture.host("silent", listener.port());
      fixture.connectTimeout = Duration.ofMillis(500);
      assertThat(refusal("silent"))
          .isEqualTo(
              "timed out after 0.5s while waiting for the SSH server's greeting and keys (127.0.0.1:%d)"
                  .formatted(listener.port()));
    }
  }

  @Test
  void serverThatIsNoSshServer() throws Exception {
    try (var listener =
        new Listener(socket -> {
          socket
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          socket.close();
        })) {
      fixture.host("web", listener.port());
      assertThat(refusal("web"))
          .startsWith("no SSH server answers at 127.0.0.1:" + listener.port());
    }
  }

  @Test
  void serverThatTalksWithoutEndIsGivenUpInTime() throws Exception {
    try (var listener =
        new Listener(socket -> {
          byte[] garbage = "garbage\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
          while (true) {
            socket.getOutputStream().write(garbage);
          }
        })) {
      fixture.host("noise", listener.port());
      fixture.connectTimeout = Duration.ofSeconds(2);
      assertThat(refusal("noise")).contains("127.0.0.1:" + listener.port());
    }
  }

  @Test
  void serverThatHangsUpAtOnce() throws Exception {
    try (var listener = new Listener(Socket::close)) {
      fixture.host("closed", listener.port());
      assertThat(refusal("closed"))
          .startsWith("no SSH server answers at 127.0.0.1:" + listener.port());
    }
  }

  @Test
  void serverThatOnlySpeaksWhatIsBroken() throws Exception {
    try (var server =
        OpenSshServer.in(home.resolve("server")).option("Ciphers aes128-cbc").start()) {
      fixture.host("old", server).knows(server.knownHostsLine());
      assertThat(refusal("old"))
          .startsWith(
              "the server at 127.0.0.1:%d is too old or too strict".formatted(server.port()))
          .contains("aes128-cbc");
    }
  }

  @Test
  void stopEndsAnAttempt() throws Exception {
    var stop = new StopRequest();
    try (var listener = new Listener(socket -> stop.request(StopRequest.Level.TERMINATE))) {
      fixture.host("silent", listener.port());
      fixture.connectTimeout = Duration.ofMinutes(10);
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> fixture.connector().connect("silent", stop))
          .withMessage("stopped");
    }
  }

  @Test
  void connectionCutAtAnyByteIsUnreachableAndNothingElse() throws Exception {
    Path key = SshKeys.generate(home.resolve("key"), "ed25519");
    try (var server =
        OpenSshServer.in(home.resolve("server")).authorize(SshKeys.publicKey(key)).start()) {
      for (int bytes = 0; bytes < 3_300; bytes += 411) {
        try (var proxy = TcpProxy.to(server.port(), TcpProxy.Then.CUT, bytes)) {
          var caller = new SshFixture(home.resolve("caller" + bytes));
          caller
              .host("cut", proxy.port(), "HostKeyAlias server")
              .knows("server " + server.hostKey("ed25519"))
              .key(key);
          String message = "";
          try {
            caller.connect("cut").close();
          } catch (UnreachableException e) {
            message = e.getMessage();
          }
          assertThat(message).as("cut after %d bytes", bytes).isNotEmpty().doesNotContain("\n");
        }
      }
    }
  }

  @Test
  void proxyCommandIsRefused() throws Exception {
    fixture.host("web1", 22, "ProxyCommand nc %h %p");
    assertThat(refusal("web1"))
        .isEqualTo(
            "ssh_config has a ProxyCommand for this host, which is not supported; use ProxyJump");
  }
}
