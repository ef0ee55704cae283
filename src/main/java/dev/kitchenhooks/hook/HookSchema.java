package dev.kitchenhooks.hook;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published JSON Schema of a hook definition. */
public final class HookSchema {
  private static final String RESOURCE = "hook.schema.json";

  private static final String WEIGHT = "weight";

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

  private HookSchema(JsonNode root, Schema schema) {
    this.root = root;
    this.schema = schema;
  }

  /** Loaded at first use: it takes time, and a kitchen without hooks does not pay for it. */
  static HookSchema shared() {
    return Holder.SCHEMA;
  }

  /** Loads it ahead of its first use, on a thread that has nothing better to do. */
  public static void prepare() {
    shared();
  }

  private static final class Holder {
    static final HookSchema SCHEMA = load();
  }

  private static HookSchema load() {
    JsonNode root = JsonMapper.shared().readTree(text());
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .keywords(EDITOR_KEYWORDS.stream().map(NonValidationKeyword::new).toList())
            .build();
    return new HookSchema(root, SchemaRegistry.withDialect(dialect).getSchema(root));
  }

  /** The schema as published, for {@code fix hooks schema} and for editors. */
  public static String text() {
    try (InputStream in = HookSchema.class.getResourceAsStream(RESOURCE)) {
      return new String(
          Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Error> validate(JsonNode definition) {
    return schema.validate(comparable(definition));
  }

  /**
   * The library throws where it compares a decimal beyond the range of a long with a bound. The one
   * number of a definition is a whole one, so any other that is none will do in its place.
   */
  private static JsonNode comparable(JsonNode definition) {
    JsonNode weight = definition.path(WEIGHT);
    if (!weight.isFloatingPointNumber() || weight.canConvertToLong()) {
      return definition;
    }
    return ((ObjectNode) definition.deepCopy()).put(WEIGHT, 0.5);
  }

  /** {@code "exec": "lb-drain"}: the first example of a key. */
  String example(String key) {
    JsonNode example = root.at("/properties").path(key).path("examples").path(0);
    return "%s: %s".formatted(JsonText.quoted(key), example);
  }

  /** The keys that an object may have; {@code pointer} leads to its schema. */
  List<String> keys(String pointer) {
    return List.copyOf(root.at(pointer + "/properties").propertyNames());
  }

  /** What the schema expects where the keyword that found an error stands, if it says so. */
  @Nullable String expectation(Error error) {
    String keyword = error.getSchemaLocation().getFragment().toString();
    String parent = keyword.substring(0, keyword.lastIndexOf('/'));
    return root.at(parent).path("patternErrorMessage").stringValue(null);
  }
}
