package dev.kitchenhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.kitchenhooks.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Grafana's published schemas find nothing wrong, unknown keys included. */
class GrafanaSchemaTest {

  private static Schema schema(String name, String definition) throws IOException {
    String text = Files.readString(TestData.require("grafana/" + name + ".jsonschema.json"));
    var root = (ObjectNode) JsonMapper.shared().readTree(text);
    root.put("$ref", "#/definitions/" + definition);
    return SchemaRegistry.withDialect(Dialects.getDraft7()).getSchema(root);
  }

  @Test
  void dashboard() throws IOException {
    JsonNode dashboard = DashboardTest.deployed("shop", "prod", "demo", "staging", "integ", "dev");
    assertThat(schema("dashboard", "Dashboard").validate(dashboard)).isEmpty();
  }

  @Test
  void panels() throws IOException {
    Schema query = schema("prometheus", "Dataquery");
    Schema stat = schema("stat", "Options");
    Schema series = schema("timeseries", "Options");
    Schema seriesField = schema("timeseries", "FieldConfig");
    int seen = 0;
    for (JsonNode row : DashboardTest.deployed("shop", "prod").path("panels")) {
      for (JsonNode panel : row.path("panels")) {
        String title = panel.path("title").asString();
        panel.path("targets").forEach(t -> assertThat(query.validate(t)).as(title).isEmpty());
        boolean isStat = panel.path("type").asString().equals("stat");
        assertThat((isStat ? stat : series).validate(panel.path("options"))).as(title).isEmpty();
        if (!isStat) {
          assertThat(seriesField.validate(panel.at("/fieldConfig/defaults/custom")))
              .as(title)
              .isEmpty();
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(12);
  }
}
