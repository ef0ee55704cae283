package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ssh_config, held against what OpenSSH itself says of the same file. */
@Timeout(120)
class SshConfigTest {
  private static final List<String> HOSTS =
      List.of("web1.example.com", "web2.example.com", "db1", "10.0.0.7");

  @TempDir Path home;

  private SshEnvironment environment() {
    return new SshEnvironment(
        home, System.getProperty("user.name"), System.getenv(), home.resolve("etc/ssh_config"));
  }

  private SshConfig config(Optional<Path> instead) {
    OpenSshQuery never =
        (name, user, file) -> {
          throw new AssertionError("asked ssh");
        };
    return new SshConfig(instead, environment(), never, problem -> {});
  }

  private SshOptions options(String text, String host) throws Exception {
    Path file = Files.writeString(home.resolve("config"), text);
    return config(Optional.of(file)).options(host, Optional.empty());
  }

  @Test
  void bytesThatAreNoUtf8StopNothing() throws Exception {
    Path file = home.resolve("config");
    byte[] text = "# f\u00fcr den B\u00e4ren\nPort 2222\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, text);
    SshOptions found = config(Optional.of(file)).options("db1", Optional.empty());
    assertThat(found.all("port")).containsExactly("2222");
  }

  @Test
  void includedDirectoryThatCannotBeReadHoldsNothing() throws Exception {
    Path closed = Files.createDirectories(home.resolve("parts/closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(
        Files.isReadable(closed), "needs a caller who may not read everything, as root may");
    SshOptions found = options("Include " + home + "/parts/*/*.conf\nPort 2222\n", "db1");
    assertThat(found.all("port")).containsExactly("2222");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  private static SshOptions asked(Path file, String host) throws IOException {
    var options = new SshOptions();
    SshKeys.run(List.of("ssh", "-G", "-F", file.toString(), host))
        .lines()
        .forEach(line -> {
          int space = line.indexOf(' ');
          options.add(line.substring(0, space), List.of(line.substring(space + 1)));
        });
    return options;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomFilesMeanWhatOpenSshSays(long seed) throws Exception {
    needsSsh();
    Path file = home.resolve("config");
    Files.writeString(file, new RandomSshConfig(seed, home).file(0));
    SshConfig config = config(Optional.of(file));
    for (String host : HOSTS) {
      SshOptions mine = config.options(host, Optional.empty());
      SshOptions theirs = asked(file, host);
      SshOptions usual = asked(Path.of("/dev/null"), host);
      for (String keyword : RandomSshConfig.KEYWORDS) {
        String key = keyword.toLowerCase(Locale.ROOT);
        List<String> expected = theirs.all(key);
        List<String> found = mine.has(key) ? shown(key, mine, host) : usual.all(key);
        assertThat(found)
            .as("%s of %s, seed %d, in:%n%s", keyword, host, seed, Files.readString(file))
            .isEqualTo(expected);
      }
    }
  }

  /** As {@code ssh -G} prints it. */
  private static List<String> shown(String key, SshOptions mine, String host) {
    return switch (key) {
      case "identityfile", "certificatefile" -> mine.all(key);
      case "proxycommand", "proxyjump" ->
          mine.all(key).equals(List.of("none")) ? List.of() : joined(key, mine);
      case "hostname" ->
          List.of(
              mine.all(key)
                  .getFirst()
                  .replace("%h", host)
                  .replace("%%", "%")
                  .toLowerCase(Locale.ROOT));
      default -> joined(key, mine);
    };
  }

  private static List<String> joined(String key, SshOptions options) {
    return List.of(String.join(" ", options.all(key)));
  }

  private static void needsSsh() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ssh"))),
        "needs OpenSSH's client: apt-get install openssh-client");
  }

  @Test
  void wordsAreSplitAsOpenSshSplitsThem() {
    assertThat(ConfigLine.parse("  IdentityFile = \"/a b\"  'c d' e\\ f g\\\\h # i").orElseThrow())
        .isEqualTo(new ConfigLine("identityfile", List.of("/a b", "c d", "e f", "g\\h")));
    assertThat(ConfigLine.parse("Host=a#b c").orElseThrow())
        .isEqualTo(new ConfigLine("host", List.of("a#b", "c")));
    assertThat(ConfigLine.parse("\"Port\" 22").orElseThrow())
        .isEqualTo(new ConfigLine("port", List.of("22")));
    assertThat(ConfigLine.parse("   # Host x")).isEmpty();
  }

  @Test
  void allThatIsWrongIsToldWithItsPlace() throws Exception {
    Path file =
        Files.writeString(
            home.resolve("config"),
            "Host *\nPort\n\nUser \"me\nInclude " + home.resolve("config") + "\n");
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> config(Optional.of(file)))
        .satisfies(e ->
            assertThat(e.problems().stream().map(Problem::format).distinct())
                .contains(
                    file + ":2: error: nothing comes after port",
                    file + ":4: error: a quote is not closed",
                    file + ":5: error: includes itself, or too deep (16 files)"));
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> config(Optional.of(home.resolve("missing"))))
        .satisfies(e -> assertThat(e.problems()).hasSize(1));
  }

  @Test
  void ownFileCountsBeforeTheSystems() throws Exception {
    Files.createDirectories(home.resolve(".ssh/more"));
    Files.createDirectories(home.resolve("etc/ssh_config.d"));
    Files.writeString(home.resolve(".ssh/config"), "Include more/*\nHost db*\nUser own\n");
    Files.writeString(home.resolve(".ssh/more/one"), "Host web*\nPort 1001\nUser one\n");
    Files.writeString(
        home.resolve("etc/ssh_config"), "Port 7\nInclude ssh_config.d/*.conf\nUser system\n");
    Files.writeString(home.resolve("etc/ssh_config.d/x.conf"), "Compression yes\n");
    SshConfig config = config(Optional.empty());
    assertThat(config.options("web1", Optional.empty()).all("port")).containsExactly("1001");
    assertThat(config.options("web1", Optional.empty()).all("user")).containsExactly("one");
    assertThat(config.options("db1", Optional.empty()).all("user")).containsExactly("own");
    assertThat(config.options("x", Optional.empty()).all("user")).containsExactly("system");
    assertThat(config.options("x", Optional.empty()).all("port")).containsExactly("7");
    assertThat(config.options("x", Optional.empty()).all("compression")).containsExactly("yes");
  }

  @Test
  void fileThatOthersMayWriteIsRefused() throws Exception {
    Path file = Files.createDirectories(home.resolve(".ssh")).resolve("config");
    Files.writeString(file, "Port 7\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> config(Optional.empty()))
        .satisfies(e -> assertThat(e.problems().getFirst().message()).contains("others may write"));
  }

  @Test
  void matchThatOnlyOpenSshUnderstandsIsAskedOfIt() throws Exception {
    needsSsh();
    Path file =
        Files.writeString(
            home.resolve("config"),
            "Match host web* exec true\nPort 4711\nMatch user deploy\nPort 4712\n");
    var config =
        new SshConfig(Optional.of(file), environment(), new SshProgram(environment()), p -> {});
    SshOptions options = config.options("web1", Optional.empty());
    assertThat(options.all("port")).containsExactly("4711");
    assertThat(options.has("identityfile")).isFalse();
    assertThat(config.options("db1", Optional.of("deploy")).all("port")).containsExactly("4712");
    assertThat(config.options("db1", Optional.of("root")).all("port")).containsExactly("22");
  }

  @Test
  void tokensStandForWhatTheyDoInOpenSsh() throws Exception {
    SshOptions options =
        options(
            """
            HostName %h.internal
            User me
            Port 2022
            IdentityFile ~/k/%h-%n-%p-%r-%u-%%
            IdentityFile ${KEYS}/%k
            UserKnownHostsFile %d/kh
            """,
            "web1");
    var environment =
        new SshEnvironment(home, "caller", Map.of("KEYS", "/keys"), home.resolve("none"));
    var resolver = new HostResolver(new SshFixture(home).ssh(), environment);
    HostSettings host = resolver.node("web1", options);
    assertThat(host.hostName()).isEqualTo("web1.internal");
    assertThat(host.login().identityFiles())
        .containsExactly(
            home.resolve("k/web1.internal-web1-2022-me-caller-%"), Path.of("/keys/web1"));
    assertThat(host.hostKeys().userFiles()).containsExactly(home.resolve("kh"));
    assertThat(host.knownAs()).isEqualTo("[web1.internal]:2022");
  }

  @Test
  void wrongTokenIsNamed() throws Exception {
    SshOptions options = options("IdentityFile /k/%Z\n", "web1");
    var resolver = new HostResolver(new SshFixture(home).ssh(), environment());
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> resolver.node("web1", options))
        .withMessageContaining("'/k/%Z' has a token that is not known here");
  }
}
