package dev.kitchenhooks.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {

  private static ComposeFile parse(String text) {
    var problems = new Problems();
    ComposeFile compose = ComposeFile.parse("docker-compose.yml", text, problems);
    assertThat(problems.sorted()).isEmpty();
    return Objects.requireNonNull(compose);
  }

  private static List<String> wrong(String text) {
    var problems = new Problems();
    assertThat(ComposeFile.parse("c.yml", text, problems)).isNull();
    return problems.sorted().stream().map(Problem::format).toList();
  }

  @Test
  void servicesStandInTheirOrderWithTheirPlaces() {
    ComposeFile compose =
        parse(
            """
            services:
              web:
                image: nginx
              empty:
              "db": {image: postgres}
            """);
    assertThat(compose.services())
        .extracting(ComposeService::name)
        .containsExactly("web", "empty", "db");
    assertThat(compose.services())
        .extracting(ComposeService::isDefined)
        .containsExactly(true, false, true);
    assertThat(compose.services())
        .extracting(ComposeService::place)
        .containsExactly(new Position(2, 3), new Position(4, 3), new Position(5, 3));
  }

  @Test
  void environmentIsReadInBothFormsAsItIsWritten() {
    ComposeFile compose =
        parse(
            """
            services:
              map:
                environment:
                  VIRTUAL_HOST: a.example.com,b.example.com
                  PORT: 0080
                  FLAG: True
                  "QUOTED": "1.10"
                  NOTHING:
                  NULL: ~
                  TEXT: ${HOST:-x}
              list:
                environment:
                  - VIRTUAL_HOST=a=b
                  - BARE
                  - "SPACED= x "
                  -
              none:
                environment:
              empty:
                environment: []
            """);
    assertThat(compose.services().get(0).environment())
        .containsExactly(
            entry("VIRTUAL_HOST", "a.example.com,b.example.com"),
            entry("PORT", "0080"),
            entry("FLAG", "True"),
            entry("QUOTED", "1.10"),
            entry("NOTHING", ""),
            entry("NULL", ""),
            entry("TEXT", "${HOST:-x}"));
    assertThat(compose.services().get(1).environment())
        .containsExactly(entry("VIRTUAL_HOST", "a=b"), entry("BARE", ""), entry("SPACED", " x "));
    assertThat(compose.services().get(2).environment()).isEmpty();
    assertThat(compose.services().get(3).environment()).isEmpty();
  }

  @Test
  void aliasesAreFollowedAndMergesMerged() {
    ComposeFile compose =
        parse(
            """
            x-env: &env
              A: from anchor
              B: from anchor
            x-more: &more
              B: from more
              C: from more
            x-base: &base
              environment:
                <<: *env
                B: own
            services:
              alias: *base
              merged:
                <<: *base
                image: x
              list:
                environment:
                  <<: [*env, *more]
            """);
    assertThat(compose.services().get(0).environment())
        .containsExactly(entry("B", "own"), entry("A", "from anchor"));
    assertThat(compose.services().get(1).environment())
        .containsExactly(entry("B", "own"), entry("A", "from anchor"));
    assertThat(compose.services().get(2).environment())
        .containsExactly(
            entry("A", "from anchor"), entry("B", "from anchor"), entry("C", "from more"));
  }

  @Test
  void volumesAndSectionsAreThereEvenWhereNothingIsSaidOfThem() {
    ComposeFile compose =
        parse(
            """
            x-backups:
              data: {retention_days: 7}
            x-prod-backups:
            volumes:
              data:
              logs: {external: true}
            """);
    assertThat(compose.volumes().keySet()).containsExactly("data", "logs");
    assertThat(compose.volumes().lastEntry().getValue().path("external").booleanValue()).isTrue();
    var problems = new Problems();
    assertThat(
            compose
                .section("x-backups", problems)
                .orElseThrow()
                .at("/data/retention_days")
                .intValue())
        .isEqualTo(7);
    assertThat(compose.section("x-prod-backups", problems)).isEmpty();
    assertThat(compose.section("x-dev-backups", problems)).isEmpty();
    assertThat(compose.valueAt("/x-backups/data/retention_days")).isEqualTo(new Position(2, 26));
    assertThat(compose.keyAt("/x-backups/data/retention_days")).isEqualTo(new Position(2, 10));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void aSectionOfTheWrongKindIsAProblem() {
    var problems = new Problems();
    assertThat(parse("x-backups: [a]\n").section("x-backups", problems)).isEmpty();
    assertThat(problems.sorted())
        .extracting(Problem::format)
        .containsExactly(
            "docker-compose.yml:1:12: error: \"x-backups\" must be a mapping, not a list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment\n",
        "---\n",
        "~\n",
        "services:\n",
        "services: {}\n",
        "\uFEFF"
      })
  void whatIsEmptyHasNoServices(String text) {
    assertThat(parse(text).services()).isEmpty();
    assertThat(parse(text).volumes()).isEmpty();
  }

  @Test
  void everythingOfTheWrongKindIsSaidAtOnce() {
    assertThat(
            wrong(
                """
                services:
                  web: nginx
                  db:
                    environment: 3
                  q:
                    environment:
                      - a: b
                volumes: []
                """))
        .containsExactly(
            "c.yml:2:8: error: \"services.web\" must be a mapping, not a string",
            "c.yml:4:18: error: \"services.db.environment\" must be a mapping or a list of K=V, not"
                + " a number",
            "c.yml:7:9: error: \"services.q.environment.0\" must be a single value, not a mapping",
            "c.yml:8:10: error: \"volumes\" must be a mapping, not a list");
    assertThat(wrong("[a]"))
        .containsExactly("c.yml:1:1: error: a compose file must be a mapping, not a list");
  }

  @Test
  void syntaxErrorsHaveTheirPlace() {
    assertThat(wrong("a:\n\tb: c\n"))
        .singleElement()
        .asString()
        .startsWith("c.yml:2:1: error: not valid YAML: ");
    assertThat(wrong("a: [1\n"))
        .singleElement()
        .asString()
        .startsWith("c.yml:2:1: error: not valid YAML: ");
    assertThat(wrong("a: *b\n"))
        .singleElement()
        .asString()
        .startsWith("c.yml:1:4: error: *b stands for nothing");
    assertThat(wrong("a: &b\n  c: *b\n"))
        .singleElement()
        .asString()
        .startsWith("c.yml:2:6: error: *b stands for nothing");
    assertThat(wrong("a: 1\nb: 2\na: 3\nb: 4\n"))
        .containsExactly(
            "c.yml:3:1: error: duplicate key \"a\"; it stands first at 1:1",
            "c.yml:4:1: error: duplicate key \"b\"; it stands first at 2:1");
    assertThat(wrong("a: 1\n---\nb: 2\n"))
        .containsExactly("c.yml:2:1: error: a second document (a compose file holds one)");
    assertThat(wrong("a: \u0007"))
        .singleElement()
        .asString()
        .startsWith("c.yml: error: not valid YAML: ");
    assertThat(wrong("a: " + "[".repeat(300))).singleElement().asString().contains("nested deeper");
  }

  @Test
  void aliasesOfAliasesDoNotFillTheMemory() {
    var text = new StringBuilder("a0: &a0 {k: v}\n");
    for (int i = 1; i < 60; i++) {
      text.append(
          "a%1$d: &a%1$d {x: *a%2$d, y: *a%2$d, <<: [*a%2$d, *a%2$d]}\n".formatted(i, i - 1));
    }
    assertThat(wrong(text.toString()))
        .containsExactly("c.yml: error: its aliases stand for more than any compose file says");
  }

  @Test
  void placesAreRightBehindCharactersOutsideTheBasicPlane() {
    ComposeFile compose =
        parse("\uFEFFx-a: \"\uD83D\uDE00\uD83D\uDE00\"\nservices:\n  web: {image: x}\n");
    assertThat(compose.services().getFirst().place()).isEqualTo(new Position(3, 3));
  }
}
