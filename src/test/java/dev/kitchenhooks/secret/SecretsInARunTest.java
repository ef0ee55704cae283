package dev.kitchenhooks.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with secrets: the hooks get them, and nobody else sees them. */
class SecretsInARunTest {
  private static final String TOKEN = "tok-4711/s3cr t\"ü";

  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchen() {
    kitchen =
        KitchenBuilder.in(dir)
            .node("a.example.com")
            .file("secrets/token", TOKEN + "\n")
            .hookDef(
                "pre.json",
                """
                {
                  "name": "pre", "type": "node_predeployhook", "exec": "pre",
                  "environment": {
                    "TOKEN": { "from_file": "secrets/token" },
                    "PASSWORD": { "from_env": "CALLERS" }
                  }
                }
                """);
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).with("CALLERS", "caller's").run(words);
  }

  /** All that fix wrote in the kitchen: history, its log, the output of runs. */
  private String stored() throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.walk(dir.resolve(".fix"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new String(all.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Test
  void aHookGetsThemAndNothingShowsThem() throws Exception {
    kitchen
        .script(
            "pre",
            "printf '%s|%s' \"$TOKEN\" \"$PASSWORD\" > got",
            "echo \"with $TOKEN\"",
            "cat \"$FIX_CONTEXT\"",
            "exit 3")
        .script("other", "cat secrets/token", "echo $FIX_COMMAND")
        .hookDef(
            "other.json",
            "{\"name\": \"other\", \"type\": \"global_postdeployhook\", \"exec\": \"other\"}");

    FixResult result =
        fix(
            "wrap",
            "node:a.example.com",
            "--",
            "sh",
            "-c",
            "echo " + TOKEN + " caller\\'s",
            "{node}");

    assertThat(Files.readString(dir.resolve("got"))).isEqualTo(TOKEN + "|caller's");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("with ***", "[other] | ***")
        .doesNotContain("4711", "caller's");
    assertThat(result.err()).doesNotContain("4711");
    assertThat(stored()).contains("with ***").doesNotContain("4711", "caller's");
    for (String show : List.of("status", "status --output json", "history --output json")) {
      assertThat(fix(show.split(" ")).out()).contains("***").doesNotContain("4711");
    }
  }

  @Test
  void theOutputOfWhatIsWrappedIsMaskedToo() throws Exception {
    kitchen.script("pre", "true");

    FixResult each =
        fix(
            "wrap",
            "node:a.example.com",
            "--output",
            "json",
            "--",
            "sh",
            "-c",
            "cat secrets/token; exit 1",
            "{node}");
    FixResult once =
        fix("wrap", "node:a.example.com", "--", "sh", "-c", "cat secrets/token; exit 1");

    assertThat(each.exit()).isEqualTo(1);
    assertThat(each.out()).contains("\"***\"").doesNotContain("4711");
    assertThat(once.exit()).isEqualTo(1);
    // The wrapped command alone runs no node hook: no secret has been read, none is known.
    assertThat(once.out()).contains("command | tok-4711");
  }

  @Test
  void aHookByHandIsMasked() {
    kitchen.script("pre", "echo \"$TOKEN\" \"$PASSWORD\"");

    FixResult result = fix("hooks", "run", "pre", "--node", "a.example.com");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("*** ***\n");
    assertThat(result.err()).doesNotContain("4711");
  }

  @Test
  void aMissingSecretStopsARunThatNeedsItAndNoOther() throws Exception {
    kitchen.script("pre", "touch ran");
    Files.delete(dir.resolve("secrets/token"));

    FixResult refused =
        FixCommand.in(kitchen).run("wrap", "node:all", "--yes", "--", "touch", "ran", "{node}");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            """
            fix: secrets of hooks cannot be read; nothing has run
              hook-defs/pre.json:4:29: error: the secret file "secrets/token" does not exist
              hook-defs/pre.json:5:31: error: the variable CALLERS is not set
            """);
    assertThat(dir.resolve("ran")).doesNotExist();

    assertThat(fix("plan", "node:all").exit()).isZero();
    assertThat(fix("hooks", "explain", "node:all").exit()).isZero();
    assertThat(
            fix("wrap", "--skip-hooks", "pre", "node:all", "--yes", "--", "true", "{node}").exit())
        .isZero();
    assertThat(fix("hooks", "run", "pre", "--node", "a.example.com").exit()).isEqualTo(2);
  }

  /** Random secrets, printed by a real process in random pieces, among random text. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void howeverASecretIsWrittenItIsNeverSeen(long seed) throws Exception {
    var random = new Random(seed);
    List<String> secrets = new ArrayList<>();
    var script = new ArrayList<String>();
    var environment = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      secrets.add(randomSecret(random));
      kitchen.file("s" + i, secrets.get(i) + "\n");
      environment.add("\"S%d\": {\"from_file\": \"s%d\"}".formatted(i, i));
    }
    for (int i = 0; i < 60; i++) {
      int at = random.nextInt(4);
      byte[] piece = written(secrets.get(at), random).getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < piece.length; ) {
        int to =
            Math.min(piece.length, from + 1 + random.nextInt(20_000) / (1 + random.nextInt(2000)));
        var octal = new StringBuilder();
        for (int b = from; b < to; b++) {
          octal.append("\\%03o".formatted(piece[b] & 0xFF));
        }
        script.add("printf '" + octal + "'");
        from = to;
      }
    }
    kitchen
        .script("pre", script.toArray(String[]::new))
        .hookDef(
            "pre.json",
            "{\"name\": \"pre\", \"type\": \"node_predeployhook\", \"exec\": \"pre\", \"environment\": {%s}}"
                .formatted(String.join(", ", environment)));

    FixResult plain = fix("wrap", "node:all", "--yes", "--", "cat", "hooks/pre", "{node}");
    assertThat(plain.exit()).as(plain.err()).isNotNegative();
    FixResult json = fix("wrap", "node:all", "--yes", "--output", "json", "--", "false", "{node}");

    assertThat(plain.out()).contains("***");
    for (String shown : List.of(plain.out(), plain.err(), json.out(), stored())) {
      String joined = shown.replaceAll("\\\\?\n([^|\n]* \\| )?", "");
      for (String secret : secrets) {
        for (String line : secret.lines().map(String::strip).filter(l -> l.length() > 3).toList()) {
          assertThat(shown).as("seed %d", seed).doesNotContain(line);
          assertThat(joined).as("seed %d", seed).doesNotContain(line);
          for (int before = 0; before < 3; before++) {
            String coded =
                base64("x".repeat(before) + line).substring(before == 0 ? 0 : before + 1);
            String sure = coded.replaceAll("=*$", "");
            sure = sure.substring(0, sure.length() - 1);
            if (sure.length() > 7) {
              assertThat(joined).as("seed %d", seed).doesNotContain(sure);
            }
          }
        }
      }
    }
  }

  private static String randomSecret(Random random) {
    String letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=-_ \"'\\&%é€$";
    var text = new StringBuilder();
    int lines = random.nextInt(3) == 0 ? 4 : 1;
    for (int line = 0; line < lines; line++) {
      text.append("!".repeat(line > 0 ? 0 : 1)).append(line > 0 ? "\n#" : "");
      for (int n = 7 + random.nextInt(1 << random.nextInt(3, 9)); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      text.append('.');
    }
    return text.toString();
  }

  private static String written(String secret, Random random) {
    String around = "z".repeat(random.nextInt(3) == 0 ? random.nextInt(9000) : random.nextInt(5));
    String end = random.nextInt(4) == 0 ? "" : "\n";
    return switch (random.nextInt(5)) {
      case 0 -> around + secret + end;
      case 1 ->
          around + " " + base64(around.substring(0, around.length() % 3) + secret) + " " + end;
      case 2 -> {
        String line = secret.lines().findFirst().orElseThrow();
        int cut = 1 + random.nextInt(line.length() - 1);
        yield around
            + line.substring(0, cut)
            + "\u001b[1;31m"
            + line.substring(cut)
            + "\u001b[0m"
            + end;
      }
      case 3 ->
          "\n"
              + Base64.getMimeEncoder(random.nextBoolean() ? 76 : 64, new byte[] {'\n'})
                  .encodeToString((around + secret + around).getBytes(StandardCharsets.UTF_8))
              + "\n";
      default -> around + secret.replace("\n", "\r\n") + secret + end;
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
