package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Host keys, against a real server that has one of each type. */
@Timeout(60)
class KnownHostsTest {
  @TempDir static Path directory;
  static OpenSshServer server;
  static Path key;
  static String otherKey;

  @BeforeAll
  static void start() throws Exception {
    key = SshKeys.generate(directory.resolve("key"), "ed25519");
    otherKey = type(SshKeys.publicKey(SshKeys.generate(directory.resolve("other"), "ed25519")));
    server =
        OpenSshServer.in(directory.resolve("server"))
            .hostKeys("rsa", "ecdsa", "ed25519")
            .authorize(SshKeys.publicKey(key))
            .start();
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  @TempDir Path home;
  private SshFixture fixture;

  @BeforeEach
  void caller() throws Exception {
    fixture = new SshFixture(home).host("web1", server).key(key);
  }

  /** The type and the key of a public key line, without its comment. */
  private static String type(String publicKey) {
    List<String> words = List.of(publicKey.strip().split(" ", -1));
    return words.get(0) + " " + words.get(1);
  }

  private static String at() {
    return "[127.0.0.1]:" + server.port();
  }

  private void assertConnects() throws UnreachableException {
    assertThat(fixture.run("web1", "exit 7", line -> {}).exitCode()).isEqualTo(7);
  }

  private String assertRefused() throws IOException {
    String before =
        Files.exists(fixture.knownHosts()) ? Files.readString(fixture.knownHosts()) : "";
    var message = new StringBuilder();
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> fixture.connect("web1"))
        .satisfies(e -> message.append(e.getMessage()));
    if (!before.isEmpty()) {
      assertThat(fixture.knownHosts()).hasContent(before);
    }
    return message.toString();
  }

  private static String fingerprint(String type) throws IOException {
    String printed = SshKeys.keygen("-l", "-f", server.hostKeyPath(type) + ".pub");
    return List.of(printed.split(" ", -1)).get(1);
  }

  @Test
  void unknownHostIsRefusedSayingWhatToDo() throws Exception {
    assertThat(assertRefused())
        .isEqualTo(
            "the host key ED25519 %s is not known; connect once with: ssh -p %d 127.0.0.1, or check"
                    .formatted(fingerprint("ed25519"), server.port())
                + " it and add it with ssh-keyscan, or set accept-new = true in [connection] of"
                + " littlechef.cfg");
  }

  @Test
  void everyTypeOfKeyIsAskedForByWhatIsKnown() throws Exception {
    for (String type : List.of("rsa", "ecdsa", "ed25519")) {
      Files.deleteIfExists(fixture.knownHosts());
      fixture.knows(at() + " " + server.hostKey(type));
      assertConnects();
    }
  }

  @Test
  void changedKeyIsRefusedNamingTheLine() throws Exception {
    fixture.acceptNew = true;
    fixture.knows("# a comment", at() + " " + otherKey);
    assertThat(assertRefused())
        .isEqualTo(
            "the host key has changed to ED25519 %s, see %s:2; if that is right, remove it with: ssh-keygen -R '%s', else someone may be in between"
                .formatted(fingerprint("ed25519"), fixture.knownHosts(), at()));
  }

  @Test
  void hostKnownByAnotherTypeOfKeyIsNotNew() throws Exception {
    try (var ecdsaOnly =
        OpenSshServer.in(home.resolve("server"))
            .hostKeys("ecdsa")
            .authorize(SshKeys.publicKey(key))
            .start()) {
      fixture.host("web2", ecdsaOnly).knows("[127.0.0.1]:" + ecdsaOnly.port() + " " + otherKey);
      fixture.acceptNew = true;
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> fixture.connect("web2"))
          .withMessageContaining("but is known by ssh-ed25519 only, see " + fixture.knownHosts());
    }
  }

  @Test
  void revokedKeyIsRefusedWhereverTheLineStands() throws Exception {
    String plain = at() + " " + server.hostKey("ed25519");
    for (List<String> lines :
        List.of(
            List.of("@revoked " + plain, plain),
            List.of(plain, "@revoked " + plain),
            List.of(plain, "@revoked * " + server.hostKey("ed25519")))) {
      Files.deleteIfExists(fixture.knownHosts());
      fixture.knows(lines.toArray(String[]::new));
      assertThat(assertRefused()).contains("is revoked by " + fixture.knownHosts() + ":");
    }
  }

  @Test
  void revokedKeyIsNotAcceptedAsNew() throws Exception {
    fixture.acceptNew = true;
    fixture.knows("@revoked * " + server.hostKey("ed25519"));
    assertThat(assertRefused()).contains("is revoked by");
  }

  @Test
  void hashedNamesAreRead() throws Exception {
    fixture.knows("web9 " + otherKey, at() + " " + server.hostKey("ed25519"));
    SshKeys.keygen("-H", "-f", fixture.knownHosts().toString());
    assertThat(Files.readString(fixture.knownHosts()))
        .startsWith("|1|")
        .doesNotContain("127.0.0.1");
    assertConnects();
  }

  @Test
  void patternsAndNegationsAreRead() throws Exception {
    fixture.knows("[127.0.0.?]:*,!" + at() + " " + server.hostKey("ed25519"));
    assertThat(assertRefused()).contains("is not known");
    fixture.knows("other,[127.0.0.?]:* " + server.hostKey("ed25519"));
    assertConnects();
  }

  @Test
  void sameKeyKnownAtThePlainNameIsGoodAtAnotherPort() throws Exception {
    fixture.knows("127.0.0.1 " + otherKey);
    assertThat(assertRefused()).contains("is not known");
    fixture.knows("127.0.0.1 " + server.hostKey("ed25519"));
    assertConnects();
  }

  @Test
  void aliasIsLookedUpWithoutPort() throws Exception {
    fixture.config("HostKeyAlias the-web").knows("the-web " + server.hostKey("ed25519"));
    assertConnects();
  }

  @Test
  void severalFilesCount() throws Exception {
    Path second = Files.writeString(home.resolve("second"), server.knownHostsLine());
    fixture.config(
        "UserKnownHostsFile none",
        "GlobalKnownHostsFile " + home.resolve("missing") + " " + second);
    Files.writeString(second, at() + " " + server.hostKey("ed25519") + "\n");
    assertConnects();
  }

  @Test
  void acceptNewWritesTheKeyForOpenSshToRead() throws Exception {
    fixture.acceptNew = true;
    Files.delete(fixture.home.resolve(".ssh/config"));
    Files.delete(fixture.home.resolve(".ssh"));
    Path config = home.resolve("config");
    Files.writeString(config, "Host web1\nHostName 127.0.0.1\nPort " + server.port() + "\n");
    fixture.sshConfig = java.util.Optional.of(config);
    assertConnects();
    assertThat(fixture.knownHosts())
        .hasContent(at() + " " + server.hostKey("ed25519"))
        .satisfies(file ->
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
    assertThat(SshKeys.keygen("-F", at(), "-f", fixture.knownHosts().toString())).contains("found");
    fixture.acceptNew = false;
    assertConnects();
  }

  @Test
  void acceptNewHashesNamesWhereAsked() throws Exception {
    fixture.acceptNew = true;
    fixture.config("HashKnownHosts yes").knows("# no newline at the end");
    Files.writeString(fixture.knownHosts(), "# no newline at the end");
    assertConnects();
    assertThat(Files.readAllLines(fixture.knownHosts()))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("|1|");
    assertThat(SshKeys.keygen("-F", at(), "-f", fixture.knownHosts().toString())).contains("found");
    fixture.acceptNew = false;
    assertConnects();
  }

  @Test
  void acceptNewOfManyAtOnceWritesOneLine() throws Exception {
    fixture.acceptNew = true;
    try (SshConnector connector = fixture.connector();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> connect =
          () -> {
            connector.connect("web1", new StopRequest()).close();
            return true;
          };
      List<Future<Boolean>> all =
          List.of(connect, connect, connect, connect, connect, connect).stream()
              .map(threads::submit)
              .toList();
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(fixture.knownHosts()).hasContent(at() + " " + server.hostKey("ed25519"));
  }

  @Test
  void carelessHostKeyCheckingIsAcceptNewWithAWarning() throws Exception {
    fixture.config("StrictHostKeyChecking no");
    assertConnects();
    assertThat(fixture.warnings)
        .containsExactly(
            fixture.home.resolve(".ssh/config")
                + ":4: warning: StrictHostKeyChecking no counts as accept-new: changed host keys"
                + " are never taken");
    Files.writeString(fixture.knownHosts(), at() + " " + otherKey + "\n");
    assertThat(assertRefused()).contains("has changed");
  }

  @Test
  void certifiedHostIsKnownByItsAuthority() throws Exception {
    Path authority = SshKeys.generate(home.resolve("authority"), "ed25519");
    try (var certified = OpenSshServer.in(home.resolve("server")).hostKeys("ed25519", "rsa")) {
      for (String type : List.of("ed25519", "rsa")) {
        SshKeys.keygen(
            "-q",
            "-s",
            authority.toString(),
            "-I",
            "web",
            "-h",
            "-n",
            "web3,127.0.0.1",
            certified.hostKeyPath(type) + ".pub");
        certified.option("HostCertificate " + certified.hostKeyPath(type) + "-cert.pub");
      }
      certified.authorize(SshKeys.publicKey(key)).start();
      fixture
          .host("web3", certified)
          .host("web4", certified, "HostKeyAlias web4")
          .knows("@cert-authority * " + type(SshKeys.publicKey(authority)));
      assertThat(fixture.run("web3", "exit 8", line -> {}).exitCode()).isEqualTo(8);
      // The certificate does not say that it is good for web4.
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> fixture.connect("web4"))
          .withMessageContaining("doesn't match any of the principals");
      fixture.knows("@revoked * " + type(SshKeys.publicKey(authority)));
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> fixture.connect("web3"))
          .withMessageContaining("is not known");
    }
  }
}
