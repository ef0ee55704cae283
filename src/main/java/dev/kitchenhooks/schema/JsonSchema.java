package dev.kitchenhooks.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.kitchenhooks.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A published JSON Schema, and what else it tells of the files that it is for. */
public final class JsonSchema {
  /** No key takes it: it is neither whole nor positive. */
  private static final double IN_THEIR_PLACE = -0.5;

  /** Keywords of VS Code's JSON language service; they say nothing about validity. */
  private static final List<String> EDITOR_KEYWORDS =
      List.of(
          "allowComments",
          "allowTrailingCommas",
          "deprecationMessage",
          "doNotSuggest",
          "enumDescriptions",
          "patternErrorMessage");

  private final JsonNode root;
  private final Schema schema;

  private JsonSchema(JsonNode root, Schema schema) {
    this.root = root;
    this.schema = schema;
  }

  /** Reads a schema; one that is not valid is a bug. */
  public static JsonSchema of(String text) {
    JsonNode root = JsonMapper.shared().readTree(text);
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .keywords(EDITOR_KEYWORDS.stream().map(NonValidationKeyword::new).toList())
            .build();
    return new JsonSchema(root, SchemaRegistry.withDialect(dialect).getSchema(root));
  }

  /** The text of a schema that lies beside a class. */
  public static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it finds wrong with a value. */
  public List<Error> validate(JsonNode definition) {
    return schema.validate(comparable(definition));
  }

  /**
   * The library throws where it compares a decimal beyond the range of a long with a bound. Such a
   * number is beyond the bounds of every key, and so is what stands in its place.
   */
  private static JsonNode comparable(JsonNode definition) {
    if (!hasHugeDecimal(definition)) {
      return definition;
    }
    JsonNode copy = definition.deepCopy();
    replaceHugeDecimals(copy);
    return copy;
  }

  private static boolean isHugeDecimal(JsonNode node) {
    return node.isFloatingPointNumber()
        && node.decimalValue().abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0;
  }

  private static boolean hasHugeDecimal(JsonNode node) {
    return isHugeDecimal(node)
        || StreamSupport.stream(node.spliterator(), false).anyMatch(JsonSchema::hasHugeDecimal);
  }

  private static void replaceHugeDecimals(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          List.copyOf(object.propertyNames())
              .forEach(key -> {
                if (isHugeDecimal(object.get(key))) {
                  object.put(key, IN_THEIR_PLACE);
                }
              });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (isHugeDecimal(array.get(i))) {
            array.set(i, IN_THEIR_PLACE);
          }
        }
      }
      default -> {}
    }
    node.forEach(JsonSchema::replaceHugeDecimals);
  }

  /** {@code "exec": "lb-drain"}: the first example of a key that an error found missing. */
  String example(Error missing) {
    String key = missing.getProperty();
    JsonNode beside = root.at(parent(missing) + "/properties");
    // What "then" requires is declared outside of it.
    JsonNode properties = beside.isMissingNode() ? root.path("properties") : beside;
    JsonNode property = properties.path(key);
    while (property.has("$ref")) {
      property = root.at(property.path("$ref").asString().substring(1));
    }
    return "%s: %s".formatted(JsonText.quoted(key), property.path("examples").path(0));
  }

  /** The keys that an object may have; {@code pointer} leads to its schema. */
  public List<String> keys(String pointer) {
    return List.copyOf(root.at(pointer + "/properties").propertyNames());
  }

  /** The keys that are known where an error found an unknown one. */
  List<String> keysBeside(Error unknown) {
    return keys(parent(unknown));
  }

  /** What the schema expects where the keyword that found an error stands, if it says so. */
  @Nullable String expectation(Error error) {
    return root.at(parent(error)).path("patternErrorMessage").stringValue(null);
  }

  /** Leads to the schema that a keyword stands in. */
  private static String parent(Error error) {
    String keyword = error.getSchemaLocation().getFragment().toString();
    return keyword.substring(0, keyword.lastIndexOf('/'));
  }
}
