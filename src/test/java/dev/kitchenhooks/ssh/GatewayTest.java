package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes behind gateways, all of them real servers. */
@Timeout(60)
class GatewayTest {
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
    return message.toString();
  }

  /** A gateway, and two nodes that know nothing of each other. */
  private final class Site implements AutoCloseable {
    final Path key = SshKeys.generate(home.resolve("key"), "ed25519");
    final OpenSshServer gateway = server("gateway");
    final OpenSshServer node1 = server("node1");
    final OpenSshServer node2 = server("node2");

    Site() throws IOException {
      fixture.key(key);
      fixture
          .host("gateway", gateway)
          .host("node1", node1)
          .host("node2", node2)
          .knows(gateway.knownHostsLine(), node1.knownHostsLine(), node2.knownHostsLine());
    }

    private OpenSshServer server(String name) throws IOException {
      return OpenSshServer.in(home.resolve(name)).authorize(SshKeys.publicKey(key)).start();
    }

    static long connections(OpenSshServer server) {
      return server.log().stream().filter(line -> line.startsWith("Connection from")).count();
    }

    @Override
    public void close() {
      gateway.close();
      node1.close();
      node2.close();
    }
  }

  @Test
  void nodesShareOneConnectionToTheirGateway() throws Exception {
    try (var site = new Site()) {
      fixture.gateway = Optional.of("gateway");
      try (SshConnector connector = fixture.connector();
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var results = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 6; i++) {
          int code = i;
          results.add(
              threads.submit(() -> {
                try (NodeSession session =
                    connector.connect(code % 2 == 0 ? "node1" : "node2", new StopRequest())) {
                  return SshFixture.run(session, "exit " + code, line -> {}).exitCode();
                }
              }));
        }
        for (int i = 0; i < 6; i++) {
          assertThat(results.get(i).get()).isEqualTo(i);
        }
        assertThat(Site.connections(site.gateway)).isEqualTo(1);
        assertThat(Site.connections(site.node1)).isEqualTo(3);

        // A new one is made when it is gone.
        site.gateway.cutConnections();
        try (NodeSession session = connectAfterTheCut(connector)) {
          assertThat(SshFixture.run(session, "exit 9", line -> {}).exitCode()).isEqualTo(9);
        }
        assertThat(Site.connections(site.gateway)).isEqualTo(2);
      }
    }
  }

  /** That a connection is gone is noticed soon, but not before the first try of another one. */
  private static NodeSession connectAfterTheCut(SshConnector connector)
      throws UnreachableException {
    UnreachableException last = new UnreachableException("never tried");
    for (int attempt = 0; attempt < 50; attempt++) {
      try {
        return connector.connect("node1", new StopRequest());
      } catch (UnreachableException notNoticedYet) {
        last = notNoticedYet;
      }
    }
    throw last;
  }

  @Test
  void proxyJumpGoesThroughAChain() throws Exception {
    try (var site = new Site()) {
      fixture.config("Host far", "HostName 127.0.0.1", "Port " + site.node2.port());
      fixture.config("ProxyJump gateway,node1");
      var lines = new ArrayList<String>();
      assertThat(fixture.run("far", "echo $SSH_CONNECTION; exit 6", lines::add).exitCode())
          .isEqualTo(6);
      assertThat(lines).singleElement().asString().endsWith(" " + site.node2.port());
      assertThat(Site.connections(site.gateway)).isEqualTo(1);
      assertThat(Site.connections(site.node1)).isEqualTo(1);
      assertThat(Site.connections(site.node2)).isEqualTo(1);
    }
  }

  @Test
  void largeInputAndOutputGoThroughAGateway() throws Exception {
    try (var site = new Site()) {
      fixture.gateway = Optional.of(site.gateway.user() + "@127.0.0.1:" + site.gateway.port());
      try (SshConnector connector = fixture.connector();
          NodeSession other = connector.connect("node2", new StopRequest())) {
        NodeSession session = connector.connect("node1", new StopRequest());
        var lines = new ArrayList<String>();
        byte[] megabyte = new byte[1 << 20];
        session.run(
            "wc -c",
            out -> {
              for (int i = 0; i < 16; i++) {
                out.write(megabyte);
              }
            },
            lines::add,
            Optional.empty(),
            new StopRequest());
        assertThat(lines).containsExactly(Integer.toString(16 << 20));
        // Closed while it sends: the other one must not suffer.
        var first = new CompletableFuture<String>();
        Thread flood =
            Thread.ofVirtual().start(() -> SshFixture.run(session, "yes", first::complete));
        first.join();
        session.close();
        flood.join();
        assertThat(SshFixture.run(other, "exit 4", line -> {}).exitCode()).isEqualTo(4);
        assertThat(Site.connections(site.gateway)).isEqualTo(1);
      }
    }
  }

  @Test
  void gatewayThatRefusesIsNamed() throws Exception {
    try (var site = new Site()) {
      site.gateway.close();
      fixture.gateway = Optional.of("gateway");
      assertThat(refusal("node1"))
          .startsWith("gateway " + site.gateway.user() + "@127.0.0.1:" + site.gateway.port())
          .contains("connection refused by 127.0.0.1:" + site.gateway.port());
      site.gateway.start();
      site.node1.close();
      assertThat(refusal("node1"))
          .isEqualTo(
              "the gateway cannot reach 127.0.0.1:%d: Connection refused"
                  .formatted(site.node1.port()));
    }
  }

  @Test
  void gatewayThatIsANodeItselfIsReachedDirectly() throws Exception {
    try (var site = new Site()) {
      fixture.gateway = Optional.of("gateway");
      assertThat(fixture.run("gateway", "exit 5", line -> {}).exitCode()).isEqualTo(5);
      assertThat(Site.connections(site.gateway)).isEqualTo(1);
    }
  }

  @Test
  void gatewaysThatGoInCirclesAreRefused() throws Exception {
    fixture.host("a", 22, "ProxyJump b").host("b", 22, "ProxyJump a");
    assertThat(refusal("a")).contains("ProxyJump goes in circles");
  }
}
