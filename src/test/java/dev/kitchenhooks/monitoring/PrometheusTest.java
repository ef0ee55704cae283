package dev.kitchenhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.Prometheus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real Prometheus takes every query of a dashboard, and answers with what is meant. */
class PrometheusTest {
  private static final int MOST_SCRAPES = 40;
  private static final List<String> STATES =
      List.of("stopping", "exited", "exited-crashed", "restarting", "created", "paused", "running");

  @TempDir Path directory;

  /** As cAdvisor, node-exporter and the exporter of health and states show them. */
  private static String metrics(int scrape) {
    var text = new StringBuilder();
    container(text, scrape, "shop", "prod", "web", "healthy", "running", 100);
    container(text, scrape, "shop", "prod", "db", "unhealthy", "paused", 200);
    container(text, scrape, "shop", "dev", "web", "none", "exited", 400);
    // Its name begins as the other's.
    container(text, scrape, "shop-admin", "prod", "web", "healthy", "running", 800);
    text.append("node_cpu_seconds_total{cpu=\"0\",mode=\"user\"} ").append(scrape).append('\n');
    text.append("node_cpu_seconds_total{cpu=\"1\",mode=\"user\"} ").append(scrape).append('\n');
    return text.toString();
  }

  private static void container(
      StringBuilder text,
      int scrape,
      String app,
      String environment,
      String service,
      String health,
      String state,
      int memory) {
    String labels =
        "name=\"%1$s-%2$s-%3$s-1\",container_label_capp_app=\"%1$s\",container_label_capp_environment=\"%2$s\""
            .formatted(app, environment, service);
    text.append("container_memory_usage_bytes{%s} %d%n".formatted(labels, memory));
    text.append("container_cpu_user_seconds_total{%s} %d%n".formatted(labels, scrape));
    for (String each : List.of("healthy", "unhealthy")) {
      text.append(
          "container_health_enum{%s,container_health_enum=\"%s\"} %d%n"
              .formatted(labels, each, each.equals(health) ? 1 : 0));
    }
    for (String each : STATES) {
      text.append(
          "container_status_enum{%s,container_status_enum=\"%s\"} %d%n"
              .formatted(labels, each, each.equals(state) ? 1 : 0));
    }
  }

  @Test
  void everyQueryIsAnswered() throws Exception {
    JsonNode rows = DashboardTest.deployed("shop", "prod").path("panels");
    try (Prometheus prometheus = Prometheus.start(directory, PrometheusTest::metrics)) {
      awaitRates(prometheus);
      JsonNode all = rows.at("/0/panels");
      JsonNode prod = rows.at("/1/panels");
      Map<String, String> health = Map.of("shop-prod-web-1", "2", "shop-prod-db-1", "1");
      assertThat(values(prometheus, prod.get(0))).isEqualTo(health);
      assertThat(values(prometheus, all.get(0))).isEqualTo(health);
      assertThat(values(prometheus, prod.get(1)))
          .isEqualTo(Map.of("shop-prod-web-1", "7", "shop-prod-db-1", "6"));
      assertThat(values(prometheus, all.get(1)))
          .isEqualTo(Map.of("shop-prod-web-1", "7", "shop-prod-db-1", "6", "shop-dev-web-1", "2"));
      assertThat(values(prometheus, prod.get(2))).isEqualTo(Map.of("", "300"));
      assertThat(values(prometheus, all.get(2))).isEqualTo(Map.of("", "700"));
      assertThat(values(prometheus, prod.get(4)))
          .isEqualTo(Map.of("shop-prod-web-1", "100", "shop-prod-db-1", "200"));
      for (JsonNode row : List.of(all, prod)) {
        assertThat(values(prometheus, row.get(3)).keySet()).containsExactly("");
        assertThat(values(prometheus, row.get(5)))
            .hasSameSizeAs(values(prometheus, row.get(4)))
            .allSatisfy((_, load) -> assertThat(Double.parseDouble(load)).isPositive());
      }
    }
  }

  /** A rate needs two samples, and a scrape is seen here before it is stored there. */
  private static void awaitRates(Prometheus prometheus) throws Exception {
    String rate = "rate(container_cpu_user_seconds_total[1m]) > 0";
    for (int i = 0; i < MOST_SCRAPES; i++) {
      prometheus.awaitScrape();
      if (prometheus.query(rate).at("/data/result").size() == 4) {
        return;
      }
    }
    throw new AssertionError("no rate after %d scrapes".formatted(MOST_SCRAPES));
  }

  /** By the containers' names. */
  private static Map<String, String> values(Prometheus prometheus, JsonNode panel)
      throws Exception {
    JsonNode answer = prometheus.query(panel.at("/targets/0/expr").asString());
    assertThat(answer.path("status").asString()).as(answer.toString()).isEqualTo("success");
    var values = new LinkedHashMap<String, String>();
    for (JsonNode result : answer.at("/data/result")) {
      values.put(result.at("/metric/name").asString(""), result.at("/value/1").asString());
    }
    return values;
  }
}
