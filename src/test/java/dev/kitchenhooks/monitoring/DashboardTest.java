package dev.kitchenhooks.monitoring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a dashboard looks like, and what a deploy or an undeploy makes of one. */
class DashboardTest {
  private static final List<String> ORDER = MonitoringConf.DEFAULT.environments();

  static Templates templates() {
    var problems = new Problems();
    Optional<Templates> templates = TemplateFiles.read(Confs.of(Path.of("kitchen")), problems);
    assertThat(problems.sorted()).isEmpty();
    return templates.orElseThrow();
  }

  static ObjectNode deployed(String app, String... environments) {
    Optional<ObjectNode> dashboard = Optional.empty();
    for (String environment : environments) {
      dashboard = Optional.of(Dashboard.deployed(dashboard, app, environment, templates(), ORDER));
    }
    return dashboard.orElseThrow();
  }

  private static ObjectNode again(ObjectNode dashboard, String environment) {
    return Dashboard.deployed(Optional.of(dashboard), "shop", environment, templates(), ORDER);
  }

  private static List<String> titles(JsonNode panels) {
    var titles = new ArrayList<String>();
    panels.forEach(panel -> titles.add(panel.path("title").asString()));
    return titles;
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void aNewOneHasARowForAllAndOneForItsEnvironment() {
    ObjectNode dashboard = deployed("myApp", "staging");
    assertThat(dashboard.path("title").asString()).isEqualTo("Myapp services");
    assertThat(dashboard.path("uid").asString())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(titles(dashboard.path("panels")))
        .containsExactly(
            "Myapp services for All environments", "Myapp services for Staging environment");
    for (String member :
        List.of(
            "'schemaVersion': 39",
            "'refresh': '5s'",
            "'time': {'from': 'now-15m', 'to': 'now'}",
            "'graphTooltip': 1",
            "'tags': ['other']",
            "'timezone': 'browser'",
            "'editable': true")) {
      ObjectNode expected = json("{" + member + "}");
      String key = expected.propertyNames().iterator().next();
      assertThat(dashboard.get(key)).as(key).isEqualTo(expected.get(key));
    }
    assertThat(dashboard.at("/annotations/list")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"all,0", "prod,1", "demo,2", "staging,3", "integ,4", "dev,5"})
  void rowsAndPanelsHaveTheIdsThatTheyHaveAlwaysHad(String environment, int index) {
    JsonNode panels = deployed("shop", environment).path("panels");
    JsonNode row = panels.get(panels.size() - 1);
    int first = (index + 1) * 1_000;
    String where =
        environment.equals("all") ? "All environments" : Names.title(environment) + " environment";
    assertThat(row.path("id").intValue()).isEqualTo(first);
    assertThat(row.path("collapsed").booleanValue()).isTrue();
    assertThat(row.path("gridPos")).isEqualTo(json("{'h':1,'w':24,'x':0,'y':%d}".formatted(index)));
    assertThat(titles(row.path("panels")))
        .containsExactly(
            "Shop Container health - " + where,
            "Shop Container states - " + where,
            "Shop Memory Usage - " + where,
            "Shop CPU Usage - " + where,
            "Shop Container Memory Usage - " + where,
            "Shop Container CPU Usage - " + where);
    var ids = new ArrayList<Integer>();
    row.path("panels").forEach(panel -> ids.add(panel.path("id").intValue()));
    assertThat(ids)
        .containsExactly(first + 1, first + 2, first + 3, first + 4, first + 5, first + 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | timeseries | 5,24,0,0  | none",
        "1 | timeseries | 10,24,0,1 | none",
        "2 | stat       | 4,12,0,2  | bytes",
        "3 | stat       | 4,12,12,2 | percent",
        "4 | timeseries | 8,24,0,3  | bytes",
        "5 | timeseries | 7,24,0,4  | percent"
      })
  void panels(int index, String type, String grid, String unit) {
    JsonNode panel = deployed("shop", "prod").at("/panels/1/panels/" + index);
    assertThat(panel.path("type").asString()).isEqualTo(type);
    JsonNode at = panel.path("gridPos");
    assertThat("%s,%s,%s,%s".formatted(at.path("h"), at.path("w"), at.path("x"), at.path("y")))
        .isEqualTo(grid);
    assertThat(panel.at("/fieldConfig/defaults/unit").asString()).isEqualTo(unit);
    JsonNode source = json("{'type': 'prometheus', 'uid': '000000001'}");
    assertThat(panel.path("datasource")).isEqualTo(source);
    assertThat(panel.at("/targets/0/datasource")).isEqualTo(source);
    assertThat(panel.path("targets")).hasSize(1);
    if (type.equals("timeseries")) {
      assertThat(panel.at("/fieldConfig/defaults/custom/spanNulls").booleanValue()).isTrue();
    } else {
      assertThat(panel.path("timeFrom").asString()).isEqualTo("10s");
      assertThat(panel.path("transparent").booleanValue()).isTrue();
      assertThat(panel.at("/options/orientation").asString()).isEqualTo("horizontal");
    }
  }

  @Test
  void queriesAreThoseOfExistingInstallations() {
    var queries = new ArrayList<String>();
    deployed("shop", "prod")
        .at("/panels/1/panels")
        .forEach(panel -> queries.add(panel.at("/targets/0/expr").asString()));
    String selector =
        "name=~\"^shop-.*\", container_label_capp_app=\"shop\","
            + " container_label_capp_environment=\"prod\"";
    String by = "max by (name, container_label_capp_environment) (container_";
    String states =
        List.of(
                "stopping 1",
                "exited 2",
                "exited-crashed 3",
                "restarting 4",
                "created 5",
                "paused 6",
                "running 7")
            .stream()
            .map(state -> state.split(" ", -1))
            .map(s ->
                by
                    + "status_enum{%s, container_status_enum=\"%s\"}) * %s"
                        .formatted(selector, s[0], s[1]))
            .collect(joining(" + "));
    String cpu =
        "rate(container_cpu_user_seconds_total{"
            + selector
            + "}[1m]) * 100"
            + " / scalar(count(node_cpu_seconds_total{mode=\"user\"}))";
    assertThat(queries)
        .containsExactly(
            "("
                + by
                + "health_enum{"
                + selector
                + ", container_health_enum=\"unhealthy\"}) + "
                + by
                + "health_enum{"
                + selector
                + ", container_health_enum=\"healthy\"}) * 2) != 0",
            states,
            "sum(container_memory_usage_bytes{" + selector + "})",
            "sum(" + cpu + ")",
            "sum by (name) (container_memory_usage_bytes{" + selector + "})",
            "sum by (name) (" + cpu + ")");
    assertThat(deployed("shop", "prod").at("/panels/0/panels/2/targets/0/expr").asString())
        .isEqualTo(
            "sum(container_memory_usage_bytes{name=~\"^shop-.*\", container_label_capp_app=\"shop\"})");
  }

  @Test
  void rowsStandInTheirOrderHoweverTheyCame() {
    ObjectNode dashboard = deployed("shop", "dev", "prod", "integ", "demo", "dev");
    assertThat(titles(dashboard.path("panels")))
        .containsExactly(
            "Shop services for All environments",
            "Shop services for Prod environment",
            "Shop services for Demo environment",
            "Shop services for Integ environment",
            "Shop services for Dev environment");
  }

  @Test
  void aSecondDeployChangesNothing() {
    ObjectNode dashboard = deployed("shop", "prod", "dev");
    assertThat(again(dashboard, "prod")).isEqualTo(dashboard);
    assertThat(again(dashboard, "all")).isEqualTo(dashboard);
  }

  @Test
  void onlyTheRowOfTheEnvironmentIsMadeAnew() {
    ObjectNode dashboard = deployed("shop", "prod", "dev");
    ((ObjectNode) dashboard.at("/panels/1")).putArray("panels").addObject().put("title", "mine");
    ((ObjectNode) dashboard.at("/panels/2/panels/0")).put("title", "mine");
    dashboard.put("refresh", "1m");
    dashboard.put("id", "an-old-id");
    ObjectNode after = again(dashboard, "dev");
    assertThat(after.at("/panels/1")).isEqualTo(dashboard.at("/panels/1"));
    assertThat(after.at("/panels/2/panels/0/title").asString())
        .isEqualTo("Shop Container health - Dev environment");
    assertThat(after.path("refresh").asString()).isEqualTo("1m");
    assertThat(after.path("id").asString()).isEqualTo("an-old-id");
    assertThat(after.path("uid")).isEqualTo(dashboard.path("uid"));
  }

  @Test
  void rowsAndPanelsOfTheUsersOwnStay() {
    ObjectNode dashboard = deployed("shop", "prod");
    var panels = (ArrayNode) dashboard.path("panels");
    panels.insert(0, json("{'type': 'text', 'title': 'read me'}"));
    panels.add(json("{'type': 'row', 'title': 'Database', 'panels': [{'title': 'db'}]}"));
    panels.add(
        json("{'type': 'row', 'title': 'Shop services for Preprod environment', 'panels': []}"));
    // A row that is open has its panels after it.
    panels.add(
        json(
            "{'type': 'row', 'title': 'Shop services for Dev environment', 'collapsed': false, 'panels': []}"));
    panels.add(json("{'type': 'stat', 'title': 'of dev'}"));
    assertThat(titles(again(dashboard, "demo").path("panels")))
        .containsExactly(
            "read me",
            "Shop services for All environments",
            "Shop services for Prod environment",
            "Shop services for Demo environment",
            "Shop services for Dev environment",
            "of dev",
            "Database",
            "Shop services for Preprod environment");
    assertThat(titles(again(dashboard, "dev").path("panels"))).doesNotContain("of dev");
    assertThat(titles(Dashboard.undeployed(dashboard, "prod").orElseThrow().path("panels")))
        .contains("read me", "Database", "of dev")
        .doesNotContain("Shop services for Prod environment");
  }

  @Test
  void ofTwoRowsOfOneTitleTheFirstCounts() {
    ObjectNode dashboard = deployed("shop", "prod");
    var panels = (ArrayNode) dashboard.path("panels");
    panels.add(json("{'type': 'row', 'title': 'SHOP services for prod environment'}"));
    assertThat(titles(again(dashboard, "dev").path("panels")))
        .containsExactly(
            "Shop services for All environments",
            "Shop services for Prod environment",
            "Shop services for Dev environment");
  }

  @Test
  void anEnvironmentWithoutARowIsRefused() {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> deployed("shop", "preprod"))
        .satisfies(e -> {
          assertThat(e.message())
              .isEqualTo(
                  "dashboards have no row for the environment \"preprod\", only for all, prod,"
                      + " demo, staging, integ, dev");
          assertThat(e.hint())
              .isEqualTo("add it to \"environments\" in confs/monitoring/monitoring.json");
        });
  }

  @Test
  void anUndeployTakesItsOwnRowAndNoOther() {
    ObjectNode dashboard = deployed("shop", "prod", "dev");
    assertThat(titles(Dashboard.undeployed(dashboard, "dev").orElseThrow().path("panels")))
        .containsExactly(
            "Shop services for All environments", "Shop services for Prod environment");
    assertThat(Dashboard.undeployed(dashboard, "demo")).contains(dashboard);
    ObjectNode one = deployed("shop", "prod");
    assertThat(Dashboard.undeployed(one, "demo")).contains(one);
    assertThat(Dashboard.undeployed(one, "prod")).isEmpty();
    assertThat(Dashboard.undeployed(json("{'panels': []}"), "prod")).isEmpty();
  }

  @Test
  void otherRowsInAnotherOrderAreAMatterOfConfiguration() {
    List<String> order = List.of("preprod", "all");
    ObjectNode dashboard =
        Dashboard.deployed(Optional.empty(), "shop", "preprod", templates(), order);
    assertThat(titles(dashboard.path("panels")))
        .containsExactly(
            "Shop services for Preprod environment", "Shop services for All environments");
    assertThat(dashboard.at("/panels/0/id").intValue()).isEqualTo(1_000);
    ObjectNode alone =
        Dashboard.deployed(Optional.empty(), "shop", "prod", templates(), List.of("prod"));
    assertThat(titles(alone.path("panels"))).containsExactly("Shop services for Prod environment");
  }

  @Test
  void writtenItIsSortedAndIndented() {
    assertThat(SortedJson.of(json("{'b': [1, {'c': null}], 'a': {}, 'd': [], 'e': '\\u00e4'}")))
        .isEqualTo(
            """
            {
              "a": {},
              "b": [
                1,
                {
                  "c": null
                }
              ],
              "d": [],
              "e": "ä"
            }
            """);
  }
}
