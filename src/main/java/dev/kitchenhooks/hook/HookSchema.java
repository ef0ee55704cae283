package dev.kitchenhooks.hook;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published JSON Schema of a hook definition. */
public final class HookSchema {
  private static final String RESOURCE = "hook.schema.json";

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

  static HookSchema load() {
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
    return schema.validate(definition);
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
