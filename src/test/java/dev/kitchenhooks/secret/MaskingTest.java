package dev.kitchenhooks.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kitchenhooks.process.LineSplitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private static final String PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
      MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu
      kA==
      -----END PRIVATE KEY-----
      """;

  private static Secrets secrets(String... values) {
    Map<Secrets.Key, String> map = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put(new Secrets.Key("hook", "V" + i), values[i]);
    }
    return new Secrets(map);
  }

  private static List<String> masked(Secrets secrets, String... lines) {
    var shown = new ArrayList<String>();
    try (MaskedLines to = secrets.lines(shown::add)) {
      List.of(lines).forEach(to::line);
    }
    return shown;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "hunter22|token is hunter22!|token is ***!",
        "hunter22|hunter22hunter22|***",
        "hunter22|hunter22,hunter22|***,***",
        "hunter22|hunter2 hunter23|hunter2 hunter23",
        "a b/c&d|q=a%20b%2Fc%26d&|q=***&",
        "a b/c&d|q=a+b%2fc%26d&|q=***&",
        "a b/c&d|q=a%20b/c%26d&|q=***&",
        "say \"x\\y\"|{\"k\": \"say \\\"x\\\\y\\\"\"}|{\"k\": \"***\"}",
        "a/bcé<|{\"k\": \"a\\/bcé<\"}|{\"k\": \"***\"}",
        "a/bcé<|{\"k\": \"a/bc\\u00e9<\"}|{\"k\": \"***\"}",
        "a/bcé<|{\"k\": \"a/bcé\\u003C\"}|{\"k\": \"***\"}",
        "it's me|+ echo 'it'\\''s me'|+ echo '***'",
        "it's me|+ echo 'it'\"'\"'s me'|+ echo '***'",
        "it's me|it\\'s\\ me|***",
        "it's <me> & \"you\"|<p>it&#x27;s &lt;me&gt; &amp; &quot;you&quot;</p>|<p>***</p>",
        "it's <me> & \"you\"|<p>it's &lt;me&gt; &amp; &#34;you&#34;</p>|<p>***</p>",
        "k\u00e4se|is 6bc3a47365, 6BC3A47365|is ***, ***",
        "ab|ab cab|*** c***",
        "x|extra|e***tra",
        "ab|YWI=|YWI=",
        "  padded secret  |is padded secret.|is ***.",
        "käse-bröt|käse-bröt 😀|*** 😀",
      })
  void masksWhatASecretLooksLike(String secret, String line, String shown) {
    assertThat(masked(secrets(secret), line)).containsExactly(shown);
    assertThat(secrets(secret).mask(line)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n"})
  void anEmptySecretMasksNothing(String empty) {
    assertThat(secrets(empty).isEmpty()).isTrue();
    assertThat(masked(secrets(empty), "", "a   b")).containsExactly("", "a   b");
  }

  @Test
  void ofSecretsThatContainEachOtherAllIsMasked() {
    assertThat(
            masked(
                secrets("pass", "password", "wordplay"), "my password1 pass wordplay passwordplay"))
        .containsExactly("my ***1 *** *** ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:", "longer prefix "})
  void masksBase64WhereverItBegins(String prefix) {
    String secret = "s3cr~t>>??~value";
    for (String suffix : List.of("", "\n", "yz", "xyz")) {
      String plain = base64(prefix + secret + suffix);
      String url = plain.replace('+', '-').replace('/', '_');
      for (String coded : List.of(plain, url, plain.replace("=", ""), url.replace("=", ""))) {
        String shown = secrets(secret).mask("Basic " + coded + ".");
        assertThat(shown).startsWith("Basic ").endsWith(".").contains("***");
        String left = shown.substring(6, shown.length() - 1).replace("***", "");
        assertThat((double) left.length())
            .isCloseTo((prefix.length() + suffix.length()) * 4 / 3.0, within(3.0));
      }
    }
  }

  @Test
  void masksEachLineOfAKey() {
    List<String> shown = masked(secrets(PEM.strip()), PEM.lines().toArray(String[]::new));
    assertThat(shown).containsExactly("***", "***", "***", "***", "***");
    assertThat(secrets(PEM.strip()).mask("{\"key\":\"" + PEM.replace("\n", "\\n") + "\"}"))
        .isEqualTo("{\"key\":\"***\\n\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 64, 76})
  void masksBase64ThatIsWrapped(int columns) {
    for (int before = 0; before < 100; before++) {
      String text = "x".repeat(before) + "correct horse battery staple" + "y".repeat(90);
      String coded = base64(text);
      for (String indent : List.of("", "    ")) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < coded.length(); i += columns) {
          lines.add(indent + coded.substring(i, Math.min(coded.length(), i + columns)));
        }
        List<String> shown =
            masked(secrets("correct horse battery staple"), lines.toArray(String[]::new));
        assertThat(shown).hasSameSizeAs(lines);
        int left = String.join("", shown).replace("***", "").replace(" ", "").length();
        // Up to three characters of a line that is not worth holding back, and the secret's ends.
        assertThat(left).as("%s", shown).isLessThanOrEqualTo(coded.length() - 37 + 3 + 2);
      }
    }
  }

  @Test
  void aLineIsHeldBackOnlyWhileItMayBeTheBeginOfASecret() {
    String coded = base64("correct horse");
    var shown = new ArrayList<String>();
    MaskedLines to = secrets("correct horse").lines(shown::add);

    to.line("plain " + coded.substring(0, 3));
    assertThat(shown).hasSize(1);
    to.line("plain " + coded.substring(0, 4));
    assertThat(shown).hasSize(1);
    to.line("something else");
    assertThat(shown).hasSize(3);
    to.line(coded.substring(0, 5));
    to.line("");
    assertThat(shown).hasSize(5);
    to.line("last " + coded.substring(0, 5));
    to.close();
    assertThat(shown)
        .containsExactly("plain Y29", "plain Y29y", "something else", "Y29yc", "", "last Y29yc");
  }

  @Test
  void aSecretIsFoundWhereALongLineIsBroken() {
    String secret = "correct horse \\ battery";
    for (int at = 8100; at < 8200; at++) {
      byte[] bytes = ("x".repeat(at) + secret + "!\n").getBytes(StandardCharsets.UTF_8);
      var shown = new ArrayList<String>();
      try (MaskedLines to = secrets(secret).lines(shown::add)) {
        var splitter = new LineSplitter(to);
        splitter.accept(bytes, bytes.length);
        splitter.end();
      }
      assertThat(String.join("", shown).replace("x", "").replace("\\", ""))
          .as("at %d", at)
          .matches("(\\*\\*\\*){1,2}!");
    }
  }

  @Test
  void aLineThatEndsWithABackslashStaysOne() {
    assertThat(masked(secrets("end\\", "abcd"), "the end\\", "ab\\", "x", "ab\\", "cd"))
        .containsExactly("the ***", "ab\\", "x", "***\\", "***");
  }

  @Test
  void aFloodOfWhatMayBeASecretIsNeitherKeptNorSlow() {
    Secrets secrets = secrets("a".repeat(60_000), "b".repeat(3000) + "c", "\\".repeat(50));
    var shown = new int[1];
    try (MaskedLines to = secrets.lines(_ -> shown[0]++)) {
      for (int i = 0; i < 2000; i++) {
        to.line("b".repeat(8000) + "\\");
        to.line("a".repeat(8000));
        to.line("\\");
        assertThat(shown[0]).isGreaterThan(3 * i - 10);
      }
    }
    assertThat(shown[0]).isEqualTo(6000);
  }

  @Test
  void saysNothingOfItself() {
    Secrets secrets = secrets("hunter22");
    assertThat(secrets.toString()).isEqualTo("Secrets(1)");
    assertThat(new Form("hunter22", Form.Kind.TEXT).toString()).doesNotContain("hunter");
    assertThat(new SecretFile.Text("hunter22").toString()).doesNotContain("hunter");
    assertThat(secrets.value("hook", "V0")).isEqualTo("hunter22");
  }
}
