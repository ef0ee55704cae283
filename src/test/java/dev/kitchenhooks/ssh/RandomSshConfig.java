package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Random configurations, whole of their blocks, includes, quotes and comments. */
final class RandomSshConfig {
  private static final List<String> YES_NO = List.of("yes", "no");
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("HostName", List.of("%h", "real-%h", "192.0.2.1", "Other.Example.com", "a%%b")),
          Map.entry("Port", List.of("22", "2222", "65535")),
          Map.entry("User", List.of("deploy", "root", "o'neil")),
          Map.entry(
              "IdentityFile",
              List.of("~/.ssh/deploy", "/keys/%h", "/keys/with space", "~/.ssh/%r@%n-%p", "none")),
          Map.entry("CertificateFile", List.of("/certs/a", "/certs/b")),
          Map.entry("IdentitiesOnly", YES_NO),
          Map.entry("ProxyJump", List.of("gw", "me@gw:2022", "gw1,gw2", "none")),
          Map.entry("ProxyCommand", List.of("none", "nc %h %p")),
          Map.entry("UserKnownHostsFile", List.of("/kh/a", "/kh/a /kh/b", "\"/kh/c\" /kh/d")),
          Map.entry("GlobalKnownHostsFile", List.of("/gkh/a", "/gkh/a /gkh/b")),
          Map.entry("StrictHostKeyChecking", List.of("accept-new", "ask")),
          Map.entry("HostKeyAlias", List.of("alias", "other")),
          Map.entry("ConnectTimeout", List.of("5", "17")),
          Map.entry("ServerAliveInterval", List.of("7", "30")),
          Map.entry("ServerAliveCountMax", List.of("2", "9")),
          Map.entry("PreferredAuthentications", List.of("publickey", "publickey,password")),
          Map.entry("PasswordAuthentication", YES_NO),
          Map.entry("AddressFamily", List.of("inet", "inet6", "any")),
          Map.entry("HashKnownHosts", YES_NO),
          Map.entry("ForwardAgent", YES_NO));
  static final List<String> KEYWORDS = VALUES.keySet().stream().sorted().toList();
  private static final List<String> PATTERNS =
      List.of(
          "*",
          "web*",
          "web1.example.com",
          "*.example.com",
          "!web2*",
          "!db1",
          "db?",
          "10.0.*",
          "10.0.0.?",
          "real-*",
          "*.Example.com",
          "other.example.com",
          "\"web1*\"");

  private final Random random;
  private final Path directory;
  private int files;

  RandomSshConfig(long seed, Path directory) {
    this.random = new Random(seed);
    this.directory = directory;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  String file(int depth) throws IOException {
    var text = new StringBuilder();
    int lines = 3 + random.nextInt(15);
    for (int i = 0; i < lines; i++) {
      text.append(line(depth)).append('\n');
    }
    return text.toString();
  }

  private String line(int depth) throws IOException {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> keyword("Host") + patterns();
      case 3 ->
          pick(
              List.of(
                  "Match all",
                  "match ALL",
                  "Match final all",
                  "Match canonical all",
                  "Match final"));
      case 4 -> pick(List.of("", "# comment", "   ", "  # Host *"));
      case 5 -> depth < 2 ? include(depth) : "# no deeper";
      default -> setting();
    };
  }

  private String patterns() {
    var words = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      words.add(pick(PATTERNS));
    }
    return String.join(" ", words);
  }

  private String include(int depth) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("inc" + files++));
    Files.writeString(folder.resolve("a.conf"), file(depth + 1));
    Files.writeString(folder.resolve("b.conf"), file(depth + 1));
    Files.writeString(folder.resolve(".c.conf"), "Port 1\n");
    return "Include "
        + pick(
            List.of(
                folder + "/*.conf", folder + "/b.conf", folder + "/[a].c*nf", folder + "/none"));
  }

  private String setting() {
    String name = pick(KEYWORDS);
    String value = pick(VALUES.getOrDefault(name, List.of()));
    // OpenSSH takes these as they stand, quotes included.
    boolean several = name.endsWith("KnownHostsFile") || name.startsWith("Proxy");
    boolean mustQuote = value.contains("'") || (value.contains(" ") && !several);
    if (mustQuote || (!several && random.nextInt(4) == 0)) {
      value = '"' + value + '"';
    }
    String comment = !name.startsWith("Proxy") && random.nextInt(6) == 0 ? " # so" : "";
    return " ".repeat(random.nextInt(3))
        + keyword(name)
        + value
        + comment
        + " ".repeat(random.nextInt(2));
  }

  private String keyword(String name) {
    String cased =
        switch (random.nextInt(3)) {
          case 0 -> name.toLowerCase(Locale.ROOT);
          case 1 -> name.toUpperCase(Locale.ROOT);
          default -> name;
        };
    return cased + pick(List.of(" ", "\t", "=", " = ", "  "));
  }
}
