package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.RealAgent;
import dev.kitchenhooks.testkit.SshKeys;
import dev.kitchenhooks.testkit.TempUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to log in, against a real server. */
@Timeout(60)
class AuthenticationTest {
  @TempDir Path home;
  private OpenSshServer server;
  private SshFixture fixture;
  private String me;

  @BeforeEach
  void prepare() throws Exception {
    server = OpenSshServer.in(home.resolve("server"));
    fixture = new SshFixture(home);
    me = server.user();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void startServer() throws IOException {
    server.start();
    fixture.host("web1", server).knows(server.knownHostsLine());
  }

  private void assertLogsIn() throws UnreachableException {
    assertThat(fixture.run("web1", "exit 7", line -> {}).exitCode()).isEqualTo(7);
  }

  private String refusal() {
    var message = new StringBuilder();
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> fixture.connect("web1"))
        .satisfies(e -> message.append(e.getMessage()));
    assertThat(message.toString()).doesNotContain("\n");
    return message.toString();
  }

  private Path authorizedKey(String name, String type, String... more) throws IOException {
    Path key = SshKeys.generate(home.resolve(name), type, more);
    server.authorize(SshKeys.publicKey(key));
    return key;
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519,,",
    "rsa,,",
    "ecdsa,,",
    "ecdsa,-b,384",
    "ecdsa,-b,521",
    "rsa,-m,PEM",
    "rsa,-m,PKCS8",
    "ecdsa,-m,PKCS8",
    "ecdsa,-m,PEM"
  })
  void keyFilesOfEveryKind(String type, String option, String value) throws Exception {
    fixture.key(
        option == null ? authorizedKey("key", type) : authorizedKey("key", type, option, value));
    startServer();
    assertLogsIn();
  }

  @Test
  void usualIdentitiesAreFoundByThemselves() throws Exception {
    Path key = authorizedKey(".ssh/id_ed25519", "ed25519");
    assertThat(key).exists();
    SshKeys.generate(home.resolve(".ssh/id_rsa"), "rsa");
    startServer();
    assertLogsIn();
  }

  @Test
  void keysOfTheAgent() throws Exception {
    try (var agent = RealAgent.start(home.resolve("agent"))) {
      for (String type : List.of("rsa", "ecdsa", "ed25519")) {
        Path key = authorizedKey("key_" + type, type, "-N", "secret");
        agent.add(key, "secret");
        Files.delete(key);
      }
      fixture.variables.put("SSH_AUTH_SOCK", agent.socket().toString());
      startServer();
      assertLogsIn();
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa", "ecdsa", "ed25519"})
  void protectedKeyFileThroughTheAgent(String type) throws Exception {
    Path key = authorizedKey("key", type, "-N", "secret");
    Files.delete(Path.of(key + ".pub"));
    startServer();
    fixture.key(key).config("IdentitiesOnly yes");
    assertThat(refusal())
        .contains("there was nothing to try", key + " is protected by a passphrase: ssh-add it");
    try (var agent = RealAgent.start(home.resolve("agent"))) {
      agent.add(SshKeys.generate(home.resolve("other"), "ed25519"), "").add(key, "secret");
      fixture.variables.put("SSH_AUTH_SOCK", agent.socket().toString());
      assertLogsIn();
    }
  }

  @Test
  void protectedPemKeyIsFoundInTheAgentByItsPublicHalf() throws Exception {
    Path key = authorizedKey("key", "rsa", "-N", "secret", "-m", "PEM");
    startServer();
    fixture.key(key).config("IdentitiesOnly yes");
    assertThat(refusal()).contains(key + " is protected by a passphrase");
    try (var agent = RealAgent.start(home.resolve("agent"))) {
      agent.add(key, "secret");
      fixture.variables.put("SSH_AUTH_SOCK", agent.socket().toString());
      assertLogsIn();
    }
  }

  @Test
  void writtenDownKeyGoesBeforeTheManyOfTheAgent() throws Exception {
    Path key = authorizedKey("key", "ed25519");
    server.option("MaxAuthTries 2");
    startServer();
    try (var agent = RealAgent.start(home.resolve("agent"))) {
      for (int i = 0; i < 4; i++) {
        agent.add(SshKeys.generate(home.resolve("other" + i), "ed25519"), "");
      }
      fixture.variables.put("SSH_AUTH_SOCK", agent.socket().toString());
      assertThat(refusal()).contains("Too many authentication failures", "login as " + me);
      fixture.key(key);
      assertLogsIn();
    }
  }

  @Test
  void agentThatIsGoneIsToldOnlyIfItMatters() throws Exception {
    fixture.variables.put("SSH_AUTH_SOCK", home.resolve("gone").toString());
    startServer();
    assertThat(refusal()).contains("the ssh-agent at " + home.resolve("gone") + " does not answer");
    fixture.key(authorizedKey("key", "ed25519"));
    assertLogsIn();
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "rsa", "ecdsa"})
  void certificatesOfUsers(String type) throws Exception {
    Path authority = SshKeys.generate(home.resolve("authority"), "ed25519");
    Path key = SshKeys.generate(home.resolve("key"), type);
    server.option("TrustedUserCAKeys " + authority + ".pub");
    startServer();
    fixture.key(key);
    assertThat(refusal()).contains("tried " + key);
    SshKeys.keygen("-q", "-s", authority.toString(), "-I", "me", "-n", me, key + ".pub");
    assertLogsIn();
    Path moved = Files.move(Path.of(key + "-cert.pub"), home.resolve("me.pub"));
    assertThat(refusal()).contains("tried " + key);
    fixture.config("CertificateFile " + moved);
    assertLogsIn();
  }

  @Test
  void certificateInTheAgent() throws Exception {
    Path authority = SshKeys.generate(home.resolve("authority"), "ed25519");
    Path key = SshKeys.generate(home.resolve("key"), "rsa");
    SshKeys.keygen("-q", "-s", authority.toString(), "-I", "me", "-n", me, key + ".pub");
    server.option("TrustedUserCAKeys " + authority + ".pub");
    startServer();
    try (var agent = RealAgent.start(home.resolve("agent"))) {
      agent.add(key, "");
      Files.delete(key);
      fixture.variables.put("SSH_AUTH_SOCK", agent.socket().toString());
      assertLogsIn();
    }
  }

  @Test
  void refusalSaysWhatWasTriedAndWhatToDo() throws Exception {
    Path key = SshKeys.generate(home.resolve("key"), "ed25519");
    server.option("PasswordAuthentication no").option("KbdInteractiveAuthentication no");
    startServer();
    fixture.key(key);
    assertThat(refusal())
        .isEqualTo(
            "login as %s was refused; tried %s; the server takes publickey; allow one of your keys there with: ssh-copy-id -p %d %s@127.0.0.1"
                .formatted(me, key, server.port(), me));
  }

  @Test
  void missingAndBrokenKeyFilesAreNamed() throws Exception {
    startServer();
    fixture.key(home.resolve("missing"));
    assertThat(refusal()).contains(home.resolve("missing") + " is not there");
    Path broken = home.resolve("broken");
    Files.writeString(
        broken, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    fixture.key(broken);
    assertThat(refusal())
        .contains(broken + " is open to other users, ssh ignores it: chmod 600 it");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rw-------"));
    assertThat(refusal()).contains(broken + " is not in a format that is supported");
    fixture.key(Files.writeString(home.resolve("text"), "hello\n"));
    assertThat(refusal()).contains("text is no private key");
  }

  @Test
  void passwordAndBothInARow() throws Exception {
    try (var user = TempUser.create("open sesame")) {
      server.option("PasswordAuthentication yes").option("KbdInteractiveAuthentication no");
      startServer();
      fixture.user = Optional.of(user.name());
      fixture.password = Optional.of(new Secret("wrong"));
      assertThat(refusal()).contains("tried password;").doesNotContain("wrong");
      fixture.password = Optional.of(new Secret("open sesame"));
      assertLogsIn();

      // sshd reads authorized_keys as that user.
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      server.option("AuthenticationMethods publickey,password").start();
      Path key = authorizedKey("key", "ed25519");
      assertThat(refusal()).contains("login as " + user.name() + " was refused");
      fixture.key(key);
      assertLogsIn();
    }
  }

  @Test
  void signalsReachCommandsOfUsersThatAreNotRoot() throws Exception {
    try (var user = TempUser.create("open sesame")) {
      startServer();
      fixture.user = Optional.of(user.name());
      fixture.password = Optional.of(new Secret("open sesame"));
      try (var session = fixture.connect("web1")) {
        var pid = new CompletableFuture<Long>();
        var result =
            session.run(
                "echo $$; trap 'exit 9' TERM; while :; do sleep 0.1; done",
                NodeSession.Input.NONE,
                line -> {
                  if (!pid.isDone()) {
                    pid.complete(Long.parseLong(line));
                  }
                },
                Optional.of(Duration.ofSeconds(2)),
                new StopRequest());
        assertThat(result.exitCode()).isEqualTo(124);
        assertThat(result.detail()).isEqualTo("timed out after 2.0s");
        assertThat(ProcessHandle.of(pid.join()).map(ProcessHandle::isAlive))
            .isNotEqualTo(Optional.of(true));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"password", "keyboard-interactive"})
  void passwordInEitherWay(String method) throws Exception {
    SshServer embedded = SshServer.setUpDefaultServer();
    try {
      embedded.setHost("127.0.0.1");
      embedded.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
      embedded.setUserAuthFactories(
          List.of(
              method.equals("password")
                  ? UserAuthPasswordFactory.INSTANCE
                  : UserAuthKeyboardInteractiveFactory.INSTANCE));
      embedded.setPasswordAuthenticator((user, given, session) -> given.equals("open sesame"));
      embedded.setCommandFactory(new ProcessShellCommandFactory());
      embedded.start();
      fixture.host("web1", embedded.getPort());
      fixture.acceptNew = true;
      fixture.password = Optional.of(new Secret("wrong"));
      assertThat(refusal()).contains("the server takes " + method).doesNotContain("wrong");
      fixture.password = Optional.of(new Secret("open sesame"));
      assertLogsIn();
    } finally {
      embedded.stop(true);
    }
  }
}
