package dev.kitchenhooks.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of labels, as text before and after. */
class LabelsTest {

  static SequencedMap<String, String> labels(String app, String environment) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("capp.app", app);
    labels.put("capp.environment", environment);
    return labels;
  }

  static ComposeFile parse(String text) {
    var problems = new Problems();
    ComposeFile compose = ComposeFile.parse("c.yml", text, problems);
    assertThat(problems.sorted()).isEmpty();
    return Objects.requireNonNull(compose);
  }

  static String label(String text) {
    return Labels.set(parse(text), labels("shop", "prod"));
  }

  private static void labelled(String before, String after) {
    assertThat(label(before)).isEqualTo(after);
    assertThat(label(after)).as("a second time").isEqualTo(after);
  }

  @Test
  void aServiceWithoutLabelsGetsThemAfterItsLastLine() {
    labelled(
        """
        # The shop
        services:

            web:   # front end
                image: "nginx:1"
                ports: [ "80:80" ]   # outside

            # data
            db:
                image: 'postgres'

        volumes:
            data:
        """,
        """
        # The shop
        services:

            web:   # front end
                image: "nginx:1"
                ports: [ "80:80" ]   # outside
                labels:
                    capp.app: shop
                    capp.environment: prod

            # data
            db:
                image: 'postgres'
                labels:
                    capp.app: shop
                    capp.environment: prod

        volumes:
            data:
        """);
  }

  @Test
  void aMappingOfLabelsIsAddedTo() {
    labelled(
        """
        services:
          web:
            labels:
              # how it is routed
              traefik.enable: "true" # yes
            image: nginx
          db:
            labels: {a: b}
          cache:
            labels: {}
        """,
        """
        services:
          web:
            labels:
              # how it is routed
              traefik.enable: "true" # yes
              capp.app: shop
              capp.environment: prod
            image: nginx
          db:
            labels: {a: b, capp.app: shop, capp.environment: prod}
          cache:
            labels: {capp.app: shop, capp.environment: prod}
        """);
  }

  @Test
  void aListOfLabelsStaysAList() {
    labelled(
        """
        services:
          web:
            labels:
            - traefik.enable=true
            -   bare
          api:
            labels:
              - "traefik.http.routers.go.rule=Path(`/`)"
          db:
            labels: [ a=b, ]
          cache:
            labels: []
        """,
        """
        services:
          web:
            labels:
            - traefik.enable=true
            -   bare
            - capp.app=shop
            - capp.environment=prod
          api:
            labels:
              - "traefik.http.routers.go.rule=Path(`/`)"
              - "capp.app=shop"
              - "capp.environment=prod"
          db:
            labels: [ a=b, capp.app=shop, capp.environment=prod, ]
          cache:
            labels: [capp.app=shop, capp.environment=prod]
        """);
  }

  @Test
  void labelsThatAreThereAreReplacedWhereTheyStand() {
    labelled(
        """
        services:
          web:
            labels:
              capp.app: old # was
              "capp.environment": 'dev'
              last: x
          list:
            labels:
              - capp.environment
              - x=y
              - "capp.app=old"
          wrong:
            labels: {capp.app: {a: b}, capp.environment: 3}
          nothing:
            labels:
              capp.app:
              capp.environment: ~
          long:
            labels:
              capp.app: |
                old
              capp.environment: >-
                old
                too
              other: x
        """,
        """
        services:
          web:
            labels:
              capp.app: shop # was
              "capp.environment": prod
              last: x
          list:
            labels:
              - capp.environment=prod
              - x=y
              - capp.app=shop
          wrong:
            labels: {capp.app: shop, capp.environment: prod}
          nothing:
            labels:
              capp.app: shop
              capp.environment: prod
          long:
            labels:
              capp.app: shop
              capp.environment: prod
              other: x
        """);
  }

  @Test
  void noLabelsAreEmptyOnes() {
    labelled(
        """
        services:
          a:
            labels: # none yet
            image: x
          b:
            labels: ~
          c:
            labels: null
          d: {image: x, labels: }
          e: {image: x, labels}
          f:
            image: x
            labels:
        """,
        """
        services:
          a:
            labels: {capp.app: shop, capp.environment: prod} # none yet
            image: x
          b:
            labels: {capp.app: shop, capp.environment: prod}
          c:
            labels: {capp.app: shop, capp.environment: prod}
          d: {image: x, labels: {capp.app: shop, capp.environment: prod} }
          e: {image: x, labels: {capp.app: shop, capp.environment: prod}}
          f:
            image: x
            labels: {capp.app: shop, capp.environment: prod}
        """);
  }

  @Test
  void servicesOfWhichNothingIsSaidStayAsTheyAre() {
    for (String text :
        new String[] {
          "services:\n  web:\n  db: ~\n  cache: {}\n",
          "services:\n",
          "services: {}\n",
          "services: ~\n",
          "",
          "# nothing\n",
          "---\n...\n",
          "volumes:\n  data:\n"
        }) {
      labelled(text, text);
    }
  }

  @Test
  void labelsOfAnAnchorElsewhereAreMerged() {
    labelled(
        """
        x-labels: &common
          team: a
        x-list: &list [team=a]
        services:
          web:
            labels: *common
          db:
            labels: *list
          own:
            labels:
              <<: *common
        volumes:
          data:
            labels: *common
        """,
        """
        x-labels: &common
          team: a
        x-list: &list [team=a]
        services:
          web:
            labels: {<<: *common, capp.app: shop, capp.environment: prod}
          db:
            labels: [team=a, capp.app=shop, capp.environment=prod]
          own:
            labels:
              <<: *common
              capp.app: shop
              capp.environment: prod
        volumes:
          data:
            labels: *common
        """);
  }

  @Test
  void whatServicesTakeFromEachOtherIsLabelledOnce() {
    labelled(
        """
        services:
          web: &web
            image: x
            labels: &labels
              team: a
          twin: *web
          worker:
            <<: *web
            command: work
          db:
            image: y
            labels: *labels
          own:
            labels:
              <<: *labels
              team: b
        """,
        """
        services:
          web: &web
            image: x
            labels: &labels
              team: a
              capp.app: shop
              capp.environment: prod
          twin: *web
          worker:
            <<: *web
            command: work
          db:
            image: y
            labels: *labels
          own:
            labels:
              <<: *labels
              team: b
              capp.app: shop
              capp.environment: prod
        """);
  }

  @Test
  void whatElseTakesLabelsOfAServiceKeepsItsOwn() {
    labelled(
        """
        services:
          web: &web
            build:
              context: .
              labels: &b {a: 1}
            labels: &l
              team: "a b"
              n: 010
              none:
          other:
            image: x
            labels: *b
            deploy: {labels: *l}
        volumes:
          data:
            labels: *l
          more:
            labels:
              <<: *l
              x: y
        x-copy: *web
        """,
        """
        services:
          web: &web
            build:
              context: .
              labels: &b {a: 1}
            labels: &l
              team: "a b"
              n: 010
              none:
              capp.app: shop
              capp.environment: prod
          other:
            image: x
            labels: {<<: *b, capp.app: shop, capp.environment: prod}
            deploy: {labels: {team: "a b", n: 010, none: null}}
        volumes:
          data:
            labels: {team: "a b", n: 010, none: null}
          more:
            labels:
              <<: {team: "a b", n: 010, none: null}
              x: y
        x-copy: {build: {context: ., labels: {a: 1}}, labels: {team: "a b", n: 010, none: null}}
        """);
  }

  @Test
  void labelsOfAMergedAnchorBecomeTheServicesOwn() {
    labelled(
        """
        x-service: &service
          image: x
          labels:
            team: "a"
        x-list: &list
          labels: [ 'team=a b' ]
        x-bare: &bare {restart: always}
        services:
          web:
            <<: *service
            command: go
          db:
            <<: [*bare, *list]
          cache:
            <<: *bare
          alias: *service
          alias2: *bare
        """,
        """
        x-service: &service
          image: x
          labels:
            team: "a"
        x-list: &list
          labels: [ 'team=a b' ]
        x-bare: &bare {restart: always}
        services:
          web:
            <<: *service
            command: go
            labels:
              team: "a"
              capp.app: shop
              capp.environment: prod
          db:
            <<: [*bare, *list]
            labels:
              - "team=a b"
              - capp.app=shop
              - capp.environment=prod
          cache:
            <<: *bare
            labels:
              capp.app: shop
              capp.environment: prod
          alias: {<<: *service, labels: {team: "a", capp.app: shop, capp.environment: prod}}
          alias2: {<<: *bare, labels: {capp.app: shop, capp.environment: prod}}
        """);
  }

  @Test
  void servicesThatComeByAnAliasOrAMergeAreWrittenOut() {
    labelled(
        """
        x-all: &all
          web: {image: "nginx:1", ports: [80]}
          none:
        services: *all
        """,
        """
        x-all: &all
          web: {image: "nginx:1", ports: [80]}
          none:
        services: {web: {image: "nginx:1", ports: [80], labels: {capp.app: shop, capp.environment: prod}}, none: null}
        """);
    labelled(
        """
        x-all: &all
          web: {image: nginx}
          db: {image: x}
        services:
          <<: *all
          db:
            image: y
        """,
        """
        x-all: &all
          web: {image: nginx}
          db: {image: x}
        services:
          <<: *all
          db:
            image: y
            labels:
              capp.app: shop
              capp.environment: prod
          web: {image: nginx, labels: {capp.app: shop, capp.environment: prod}}
        """);
  }

  @Test
  void jsonStaysJson() {
    labelled(
        """
        {
          "services": {
            "web": {
              "image": "nginx"
            },
            "db": {"image": "x", "labels": {}},
            "cache": {"labels": ["a=b"]}
          }
        }
        """,
        """
        {
          "services": {
            "web": {
              "image": "nginx", "labels": {"capp.app": "shop", "capp.environment": "prod"}
            },
            "db": {"image": "x", "labels": {"capp.app": "shop", "capp.environment": "prod"}},
            "cache": {"labels": ["a=b", "capp.app=shop", "capp.environment=prod"]}
          }
        }
        """);
  }

  @Test
  void lineEndsByteOrderMarkAndTheMissingLastLineEndStay() {
    String windows =
        """
        \uFEFFservices:
          web:
            image: nginx # \uD83D\uDE00
        """
            .replace("\n", "\r\n");
    String added = "    labels:\r\n      capp.app: shop\r\n      capp.environment: prod\r\n";
    labelled(windows, windows + added);
    labelled(
        "services:\n web:\n  image: nginx",
        "services:\n web:\n  image: nginx\n  labels:\n   capp.app: shop\n   capp.environment: prod");
    labelled(
        """
        services:
          web:
            image:\tnginx\t# tab
            x:


        # end
        """,
        """
        services:
          web:
            image:\tnginx\t# tab
            x:
            labels:
              capp.app: shop
              capp.environment: prod


        # end
        """);
    labelled(
        "web: &w {image: x}\n\uD83D\uDE00: 1\nservices: {web: {image: \uD83D\uDE00}}",
        "web: &w {image: x}\n\uD83D\uDE00: 1\nservices: {web: {image: \uD83D\uDE00, labels:"
            + " {capp.app: shop, capp.environment: prod}}}");
  }

  @Test
  void blocksOfTextAtTheEndOfAServiceKeepTheirLines() {
    labelled(
        """
        services:
          web:
            command: |
              a

              b


          db:
            x: >+
              c

        """,
        """
        services:
          web:
            command: |
              a

              b


            labels:
              capp.app: shop
              capp.environment: prod
          db:
            x: >+
              c

            labels:
              capp.app: shop
              capp.environment: prod
        """);
    String unended = "services:\n  web:\n    command: |\n      a";
    assertThat(label(unended))
        .isEqualTo(
            "services:\n  web:\n    labels:\n      capp.app: shop\n      capp.environment: prod\n"
                + "    command: |\n      a");
  }

  @Test
  void profilesExtendsAndInterpolationAreNoneOfItsBusiness() {
    labelled(
        """
        name: ${PROJECT:-shop}
        include: [other.yml]
        services:
          web:
            extends: {file: base.yml, service: web}
            profiles: [debug]
            environment:
              - HOST=${HOST:?no host}
            labels:
              rule: Host(`$$x`)
          job:
            extends:
              service: web
            labels: !reset null
        """,
        """
        name: ${PROJECT:-shop}
        include: [other.yml]
        services:
          web:
            extends: {file: base.yml, service: web}
            profiles: [debug]
            environment:
              - HOST=${HOST:?no host}
            labels:
              rule: Host(`$$x`)
              capp.app: shop
              capp.environment: prod
          job:
            extends:
              service: web
            labels: {capp.app: shop, capp.environment: prod}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0", "007", "true", "No", "null", "1e3", "a: b", "a #b", "'", "\"\\", "ä", "x y"
      })
  void valuesAreTextWhateverTheyLookLike(String value) {
    for (String text :
        new String[] {
          "services:\n  a:\n    image: x\n",
          "services: {a: {image: x}}\n",
          "services:\n  a:\n    labels: [a]\n",
          "services:\n  a:\n    labels:\n    - a=b\n",
          "{\"services\": {\"a\": {\"image\": \"x\"}}}"
        }) {
      String result = Labels.set(parse(text), labels(value, "prod"));
      var labels = parse(result).services().getFirst().definition().path("labels");
      assertThat(
              labels.isObject()
                  ? labels.path("capp.app").stringValue()
                  : labels.get(1).stringValue().substring("capp.app=".length()))
          .isEqualTo(value);
      assertThat(Labels.set(parse(result), labels(value, "prod"))).isEqualTo(result);
    }
  }

  @Test
  void composeWouldTakeADollarForAVariable() {
    assertThat(Labels.set(parse("services: {a: {image: x}}"), labels("$HOME", "prod")))
        .isEqualTo(
            "services: {a: {image: x, labels: {capp.app: \"$$HOME\", capp.environment: prod}}}");
  }

  @Test
  void labelsOfTheWrongKindAreAllSaid() {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() ->
            label(
                """
                services:
                  a:
                    labels: text
                  b:
                    labels: [{x: y}, capp.app=1, capp.app]
                """))
        .satisfies(e -> {
          assertThat(e.message()).isEqualTo("the services of c.yml cannot be labelled");
          assertThat(e.problems())
              .extracting(Problem::format)
              .containsExactly(
                  "c.yml:3:13: error: \"services.a.labels\" must be a mapping or a list of K=V, not"
                      + " a string",
                  "c.yml:5:14: error: \"services.b.labels.0\" must be K=V, not a mapping",
                  "c.yml:5:34: error: the label \"capp.app\" stands here again (leave one of them"
                      + " out)");
        });
  }

  @Test
  void aFileThatCannotBeEditedIsRefused() {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> label("services:\n  web:\n    ? image\n    : x\n"))
        .satisfies(e -> assertThat(e.message()).contains("it is written in an unusual way"));
  }
}
