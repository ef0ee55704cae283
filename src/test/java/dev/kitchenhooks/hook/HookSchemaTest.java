package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kitchenhooks.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HookSchemaTest {
  private final JsonNode schema = JsonMapper.shared().readTree(HookSchema.text());

  @Test
  void thePublishedCopyIsTheOneThatIsUsed() throws IOException {
    assertThat(Path.of("docs/hook.schema.json")).hasContent(HookSchema.text());
    assertThat(Files.readString(Path.of("docs/hook.schema.json"))).isEqualTo(HookSchema.text());
    assertThat(schema.path("$id").stringValue())
        .isEqualTo("https://kitchenhooks.dev/schema/hook.json");
  }

  @Test
  void itIsValidJsonSchema() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    assertThat(metaSchema.validate(schema)).isEmpty();
  }

  @Test
  void itKnowsTheKeysOfTheContract() {
    assertThat(HookSchema.shared().keys(""))
        .containsExactlyInAnyOrder(
            "$schema",
            "name",
            "description",
            "type",
            "exec",
            "args",
            "filters",
            "enabled",
            "tags",
            "weight",
            "concurrent",
            "timeout",
            "kill_after",
            "run_condition",
            "required",
            "retries",
            "environment",
            "where",
            "plugin",
            "container",
            "output",
            "why_run");
    List<String> filters = new ArrayList<>(List.of(FiltersReader.MISSPELT_ENVIRONMENT));
    Arrays.stream(FilterKey.values()).map(FilterKey::key).forEach(filters::add);
    assertThat(HookSchema.shared().keys("/properties/filters"))
        .containsExactlyInAnyOrderElementsOf(filters);
  }

  @Test
  void everyKeyIsDescribedAndHasExamples() {
    List<String> without = new ArrayList<>();
    for (String place :
        List.of(
            "/properties",
            "/properties/filters/properties",
            "/properties/retries/properties",
            "/properties/environment/additionalProperties/properties",
            "/properties/plugin/properties",
            "/properties/container/properties")) {
      schema
          .at(place)
          .forEachEntry((key, sub) -> {
            boolean described = sub.path("description").stringValue("").length() > 20;
            if (!described || sub.path("examples").isEmpty()) {
              without.add(place + "/" + key);
            }
          });
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everySubSchemaOfAValueIsDescribed() {
    List<String> without = new ArrayList<>();
    describedBelow(schema, "", without);
    assertThat(without).isEmpty();
  }

  private static void describedBelow(JsonNode node, String at, List<String> without) {
    boolean isValue = node.has("type") || node.has("enum") || node.has("pattern");
    boolean needsNone =
        at.endsWith("/propertyNames") || at.contains("/anyOf/") || at.contains("/examples/");
    if (node.isObject() && isValue && !needsNone && !at.endsWith("/properties")) {
      if (!node.path("description").isString()) {
        without.add(at);
      }
    }
    if (node.isObject() && !at.endsWith("/examples")) {
      node.forEachEntry((key, value) -> describedBelow(value, at + "/" + key, without));
    }
  }

  @Test
  void everyExampleAndDefaultIsValid() {
    JsonSchema hooks = HookSchema.shared();
    List<String> wrong = new ArrayList<>();
    schema
        .path("examples")
        .forEach(example -> hooks.validate(example).forEach(e -> wrong.add(e.toString())));
    schema
        .path("properties")
        .forEachEntry((key, sub) -> {
          sub.path("examples").forEach(example -> check(hooks, key, example, wrong));
          if (sub.has("default")) {
            check(hooks, key, sub.path("default"), wrong);
          }
        });
    schema
        .at("/properties/filters/properties")
        .forEachEntry((key, sub) ->
            sub.path("examples")
                .forEach(example -> {
                  JsonNode filters = JsonMapper.shared().createObjectNode().set(key, example);
                  check(hooks, "filters", filters, wrong);
                }));
    assertThat(wrong).isEmpty();
    assertThat(schema.path("examples")).hasSizeGreaterThanOrEqualTo(2);
  }

  private static void check(JsonSchema hooks, String key, JsonNode value, List<String> wrong) {
    var definition =
        JsonMapper.shared()
            .createObjectNode()
            .put("name", "x")
            .put("type", "node_postdeployhook")
            .put("exec", "x");
    definition.set(key, value);
    hooks.validate(definition).forEach(error -> wrong.add(key + ": " + error));
  }
}
