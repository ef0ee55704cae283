package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.LintRule;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lint says of a kitchen, in all its formats. */
class HooksLintTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchen() {
    kitchen =
        KitchenBuilder.in(dir.resolve("my kitchen"))
            .cfg("[hooks]", "phases = promote")
            .role("web")
            .node("a.example.com", "_default", "role[web]")
            .script("x")
            .hookDef("promote.json", hook("p", "\"type\": \"node_prepromotehook\""));
  }

  private static String hook(String name, String more) {
    return "{\n\"name\": \"%s\", \"exec\": \"x\",\n%s\n}".formatted(name, more);
  }

  private FixResult lint(String... words) {
    List<String> all = new ArrayList<>(List.of("hooks", "lint"));
    all.addAll(List.of(words));
    return FixCommand.in(kitchen).with("CALLERS_TOKEN", "x").run(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "b    | \"type\": \"node_predeployhook\", \"concurrent\": true | 3:45: warning: no neighbour of the same type and weight is \"concurrent\": the hook runs alone",
        "b    | \"type\": \"user\", \"retries\": {\"attempts\": 3, \"delay\": \"2m\", \"within\": \"1m\"} | 3:28: warning: the delay of 2m is not shorter than \"within\", 1m: there is no second attempt",
        "P    | \"type\": \"user\" | 2:9: warning: \"P\" is hardly told from \"p\", in hook-defs/promote.json",
        "b    | \"type\": \"user\", \"tags\": [\"b\"] | 2:9: warning: \"b\" is a tag, too: --skip-hooks b leaves out this hook, and tag:b those with the tag",
        "promote | \"type\": \"user\" | 2:9: warning: \"promote\" is the name of a phase, too",
        "b    | \"type\": [\"user\", \"node_prepromotehook\"] | 2:22: warning: does the same as \"p\", in hook-defs/promote.json, as node_prepromotehook (one of them can go)",
        "b    | \"type\": \"user\", \"environment\": {\"T\": {\"from_env\": \"CALLER_TOKEN\"}} | 3:51: warning: the variable CALLER_TOKEN is not set (did you mean \"CALLERS_TOKEN\"?)",
        "b    | \"type\": \"user\", \"environment\": {\"T\": {\"from_file\": \"nope\"}} | 3:52: error: the secret file \"nope\" does not exist",
        "b    | \"type\": \"user\", \"environment\": {\"LB_PASSWORD\": \"hunter22\"} | 3:48: warning: LB_PASSWORD looks like a secret, and stands here for everybody to read ({\"from_file\": ...} or {\"from_env\": ...} keeps it out, and masks it)",
        "b    | \"type\": \"user\", \"environment\": {\"SSH_KEY\": \"/etc/key\", \"KEYBOARD\": \"de\", \"MONKEY\": \"x\", \"API_TOKEN\": null} | ``",
        "b    | \"type\": [\"node_prepromotehook\", \"user\"], \"args\": [\"--other\"] | ``",
        "b    | \"type\": \"user\", \"enabled\": false, \"concurrent\": true | ``",
      })
  void tellsWhatWillSurprise(String name, String more, String expected) {
    kitchen.hookDef("second.json", hook(name, more));

    FixResult result = lint();

    if (expected.isEmpty()) {
      assertThat(result.out()).isEmpty();
      assertThat(lint("--strict").exit()).isZero();
    } else {
      assertThat(result.out()).isEqualTo("hook-defs/second.json:" + expected + "\n");
      assertThat(result.exit()).isEqualTo(expected.contains(" error: ") ? 2 : 0);
      assertThat(lint("--strict").exit()).isEqualTo(2);
    }
  }

  @Test
  void neighboursThatRunTogetherAreFine() {
    kitchen
        .hookDef("b.json", hook("b", "\"type\": \"user\", \"concurrent\": true"))
        .hookDef(
            "c.json", hook("c", "\"type\": \"user\", \"concurrent\": true, \"args\": [\"x\"]"));
    assertThat(lint().out()).isEmpty();
    // A barrier between them.
    kitchen.hookDef("bb.json", hook("bb", "\"type\": \"user\", \"args\": [\"y\"]"));
    assertThat(lint().out()).contains("b.json:3:31: warning", "c.json:3:31: warning");
  }

  @Test
  void whoeverCanWriteToTheKitchenIsTold() {
    String path = kitchen.directory().toString();
    kitchen
        .permissions("hook-defs/promote.json", "rw-rw-rw-")
        .permissions("hook-defs", "rwxr-xrwx")
        .permissions(".", "rwxrwxrwx");
    assertThat(lint().out())
        .isEqualTo(
            """
            .: warning: the directory can be changed by everybody (chmod o-w %1$s)
            hook-defs: warning: the directory can be changed by everybody (chmod o-w %1$s/hook-defs)
            hook-defs/promote.json: warning: the definition can be changed by everybody (chmod o-w %1$s/hook-defs/promote.json)
            """
                .formatted(path));
  }

  @Test
  void aProgramThatNobodyUsesIsANote() {
    kitchen.script("lib/old").file("hooks/README", "").script(".git/hooks/y").script("helper");
    kitchen.hookDef("b.json", hook("b", "\"type\": \"user\", \"args\": [\"--with=hooks/helper\"]"));

    FixResult result = lint("--strict");

    assertThat(result.out()).isEqualTo("hooks/lib/old: note: no definition uses this program\n");
    assertThat(result.err()).isEqualTo("2 valid hooks, 0 errors, 0 warnings, 1 note\n");
    assertThat(result.exit()).isZero();
    kitchen.hookDef("c.json", "{}");
    assertThat(lint().out()).doesNotContain("note");
  }

  @Test
  void aSecretThatEverybodyCanReadIsAWarning() {
    kitchen
        .file("token", "x")
        .hookDef(
            "b.json",
            hook("b", "\"type\": \"user\", \"environment\": {\"T\": {\"from_file\": \"token\"}}"));
    assertThat(lint().out())
        .isEqualTo(
            "hook-defs/b.json:3:52: warning: the secret file \"token\" can be read by everybody"
                + " (chmod o-r %s/token)\n".formatted(kitchen.directory()));
    kitchen.permissions("token", "rw-r-----");
    assertThat(lint().out()).isEmpty();
  }

  @Test
  void jsonNamesTheRule() {
    kitchen.hookDef("b.json", hook("b", "\"type\": \"user\", \"tags\": [\"b\"]"));
    for (List<String> words : List.of(List.of("--format", "json"), List.of("--output", "json"))) {
      JsonNode problem = JsonMapper.shared().readTree(lint(words.toArray(String[]::new)).out());
      assertThat(problem.path("rule").asString()).isEqualTo("shadowed-name");
      assertThat(problem.path("severity").asString()).isEqualTo("warning");
    }
  }

  /** What SARIF 2.1.0 requires, in the words of its sections 3.13 to 3.30. */
  @Test
  void sarifIsWhatTheStandardAsksFor() throws IOException {
    Files.createDirectory(dir.resolve(".git"));
    kitchen
        .hookDef("b ü.json", hook("b", "\"type\": \"user\", \"tags\": [\"b\"], \"tpye\": 1"))
        .hookDef("c.json", hook("c", "\"type\": \"user\", \"tags\": [\"c\"]"))
        .cfg("[hooks]", "phases = promote, rollback");

    FixResult result = lint("--format", "sarif");

    assertThat(result.exit()).isEqualTo(2);
    JsonNode sarif = JsonMapper.shared().readTree(result.out());
    assertThat(sarif.path("version").asString()).isEqualTo("2.1.0");
    assertThat(sarif.path("$schema").asString()).endsWith("sarif-schema-2.1.0.json");
    assertThat(sarif.path("runs").size()).isEqualTo(1);
    JsonNode run = sarif.path("runs").get(0);
    JsonNode driver = run.path("tool").path("driver");
    assertThat(driver.path("name").asString()).isEqualTo("fix hooks lint");
    assertThat(driver.path("version").asString()).isNotEmpty();
    assertThat(driver.path("rules").valueStream().map(r -> r.path("id").asString()))
        .doesNotHaveDuplicates()
        .hasSameSizeAs(LintRule.values());
    assertThat(driver.path("rules").valueStream())
        .allMatch(r -> r.path("shortDescription").path("text").asString().endsWith("."));
    String base = run.path("originalUriBaseIds").path("%SRCROOT%").path("uri").asString();
    assertThat(Path.of(URI.create(base))).isEqualTo(dir.toRealPath());
    assertThat(base).endsWith("/");

    List<String> places = new ArrayList<>();
    assertThat(run.path("results").size()).isEqualTo(2);
    for (JsonNode each : run.path("results").values()) {
      int index = each.path("ruleIndex").asInt(-1);
      assertThat(driver.path("rules").get(index).path("id")).isEqualTo(each.path("ruleId"));
      assertThat(each.path("level").asString()).isIn("error", "warning", "note");
      assertThat(each.path("message").path("text").asString()).isNotEmpty();
      JsonNode place = each.path("locations").get(0).path("physicalLocation");
      JsonNode artifact = place.path("artifactLocation");
      assertThat(artifact.path("uriBaseId").asString()).isEqualTo("%SRCROOT%");
      URI uri = URI.create(artifact.path("uri").asString());
      assertThat(uri.isAbsolute()).isFalse();
      assertThat(Path.of(URI.create(base).resolve(uri))).exists();
      JsonNode region = place.path("region");
      places.add(
          each.path("ruleId").asString()
              + " "
              + artifact.path("uri").asString()
              + " "
              + region.path("startLine").asInt(-1)
              + ":"
              + region.path("startColumn").asInt(-1));
    }
    assertThat(places)
        .containsExactly(
            "definition my%20kitchen/hook-defs/b%20%C3%BC.json 3:32",
            "shadowed-name my%20kitchen/hook-defs/c.json 2:9");
  }

  @Test
  void sarifOfAKitchenWithoutProblemsHasNoResults() {
    JsonNode run =
        JsonMapper.shared().readTree(lint("--format", "sarif").out()).path("runs").get(0);
    assertThat(run.path("results").isArray()).isTrue();
    assertThat(run.path("results").size()).isZero();
  }
}
