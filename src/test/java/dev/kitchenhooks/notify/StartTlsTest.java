package dev.kitchenhooks.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail by servers whose certificates an authority of the test's own has signed. */
@Timeout(120)
class StartTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path dir;

  @Test
  void theLoginTravelsEncryptedToAServerThatIsTrusted() throws Exception {
    try (SmtpSink sink = SmtpSink.encrypting(certificate("localhost"), "AUTH PLAIN")) {
      FixResult result = call(sink, trusted());
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).isEqualTo("notify: team was told\n");
      assertThat(sink.lines.stream().filter(line -> line.matches("STARTTLS|\\(.*|AUTH.*|MAIL.*")))
          .map(line -> line.replaceAll(" .*", ""))
          .containsExactly("STARTTLS", "(encrypted)", "AUTH", "MAIL");
    }
  }

  @Test
  void anAuthorityThatNobodyKnowsIsRefused() throws Exception {
    try (SmtpSink sink = SmtpSink.encrypting(certificate("localhost"), "AUTH PLAIN")) {
      assertRefused(call(sink, List.of()), sink, "unable to find valid certification path");
    }
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    try (SmtpSink sink = SmtpSink.encrypting(certificate("mail.example.com"), "AUTH PLAIN")) {
      assertRefused(call(sink, trusted()), sink, "localhost");
    }
  }

  private static void assertRefused(FixResult result, SmtpSink sink, String why) {
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("team", why).doesNotContain("hunter2");
    assertThat(sink.lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
  }

  private FixResult call(SmtpSink sink, List<String> options) throws Exception {
    KitchenBuilder kitchen =
        KitchenBuilder.in(dir.resolve("kitchen"))
            .file("compose.yml", "services: {}\n")
            .file("password", "hunter2\n")
            .permissions("password", "rw-------")
            .file(
                "confs/notify/team.json",
                """
                {"default": true, "smtp": {"host": "localhost", "port": %d, "user": "fix",
                  "password": {"from_file": "password"}, "from": "fix@example.com",
                  "to": ["a@example.com"]}}
                """
                    .formatted(sink.port()));
    try (FixProcess fix =
        FixProcess.withOptions(
            options,
            kitchen.directory(),
            dir.resolve("out"),
            "app-hook",
            "notify",
            "shop",
            "prod",
            "1",
            "compose.yml",
            "target",
            "--moment",
            "post_deploy")) {
      return fix.await();
    }
  }

  /** Options of a JVM that knows the authority. */
  private List<String> trusted() throws IOException {
    Path file = dir.resolve("ca.pem");
    keytool("-exportcert", "-rfc", "-alias", "ca", "-file", file.toString(), "-keystore", store());
    String trust = dir.resolve("trust.p12").toString();
    keytool(
        "-importcert", "-noprompt", "-alias", "ca", "-file", file.toString(), "-keystore", trust);
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trust, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  /** Of a server with this name, signed by the authority. */
  private SSLContext certificate(String host) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-dname",
        "CN=Test authority",
        "-ext",
        "bc:c",
        "-keystore",
        store());
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + host,
        "-ext",
        "san=dns:" + host,
        "-signer",
        "ca",
        "-keystore",
        store());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(store()))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    keys.deleteEntry("ca");
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private String store() {
    return dir.resolve("keys.p12").toString();
  }

  private static void keytool(String... words) throws IOException {
    var argv = new ArrayList<String>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    argv.addAll(
        Stream.concat(Stream.of(words), Stream.of("-storepass", PASSWORD, "-storetype", "PKCS12"))
            .toList());
    SshKeys.run(argv);
  }
}
