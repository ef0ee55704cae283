package dev.kitchenhooks.schema;

import com.networknt.schema.Error;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what the schema finds wrong in our own words, at the place of the key or value, and once for
 * each fault.
 */
public final class SchemaFaults {
  private final JsonSchema schema;
  private final Wording wording;
  private final JsonDocument document;
  private final Report report;

  private SchemaFaults(JsonSchema schema, Wording wording, JsonDocument document, Report report) {
    this.schema = schema;
    this.wording = wording;
    this.document = document;
    this.report = report;
  }

  /** Reports all that a schema finds wrong with a document. */
  public static void report(
      JsonSchema schema, Wording wording, JsonDocument document, Report report) {
    new SchemaFaults(schema, wording, document, report).report();
  }

  private void report() {
    var told = new HashSet<String>();
    List<Error> errors = schema.validate(document.root());
    Set<String> misspelt = misspelt(errors);
    for (Error error : errors) {
      String pointer = error.getInstanceLocation().toString();
      // Two keywords may object to one value; the first says enough.
      boolean explained =
          error.getKeyword().equals("required") && misspelt.contains(error.getProperty());
      if (!wording.leavesOut(pointer)
          && !explained
          && told.add(pointer + " " + error.getProperty())) {
        tell(error, pointer);
      }
    }
  }

  /** The keys that unknown ones are taken for: these are not missing as well. */
  private Set<String> misspelt(List<Error> errors) {
    return errors.stream()
        .filter(e -> e.getKeyword().equals("additionalProperties"))
        .filter(e -> e.getInstanceLocation().getNameCount() == 0)
        .flatMap(e -> Nearest.to(e.getProperty(), schema.keys("")).stream())
        .collect(Collectors.toSet());
  }

  private void tell(Error error, String pointer) {
    JsonNode value = document.at(pointer);
    String place = JsonText.place(document, pointer);
    switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(error, pointer);
      case "required" ->
          report.error(
              pointer,
              "missing key " + JsonText.quoted(error.getProperty()),
              "for example " + schema.example(error));
      case "propertyNames" -> wrongName(pointer, error.getProperty());
      case "type" -> wrongKind(error, pointer, place);
      case "enum" -> wrongWord(error, pointer, place);
      case "pattern" ->
          report.error(
              pointer,
              "%s must be %s, not %s"
                  .formatted(place, schema.expectation(error), JsonText.value(value)),
              null);
      case "minLength" -> report.error(pointer, place + " must not be empty", null);
      case "maxLength" ->
          report.error(
              pointer,
              "%s must have at most %s characters, not %d"
                  .formatted(place, error.getSchemaNode(), value.stringValue().length()),
              null);
      case "minItems" ->
          report.error(pointer, place + " must not be an empty list", wording.insteadOfEmptyList());
      case "minProperties", "maxProperties" ->
          report.error(
              pointer,
              "%s must have at %s %s of its keys, not %d"
                  .formatted(
                      place,
                      error.getKeyword().equals("minProperties") ? "least" : "most",
                      error.getSchemaNode(),
                      value.size()),
              null);
      case "uniqueItems" -> repeated(pointer, place, value);
      case "minimum", "maximum" ->
          report.error(
              pointer,
              "%s must be %s %s, not %s"
                  .formatted(
                      place,
                      error.getKeyword().equals("minimum") ? "at least" : "at most",
                      error.getSchemaNode(),
                      JsonText.value(value)),
              null);
      default -> report.error(pointer, place + " " + error.getMessage(), null);
    }
  }

  private void unknownKey(Error error, String pointer) {
    String key = error.getProperty();
    String at = JsonDocument.child(pointer, key);
    List<String> known = schema.keysBeside(error).stream().filter(wording::suggests).toList();
    String where = pointer.isEmpty() ? "" : " in " + JsonText.place(document, pointer);
    String near = Nearest.hint(key, known);
    report.errorAtKey(
        at,
        "unknown key " + JsonText.quoted(key) + where,
        near == null ? "known are " + String.join(", ", known) : near);
  }

  private void wrongName(String pointer, String name) {
    Wording.NameFault fault = wording.wrongName(name);
    report.errorAtKey(JsonDocument.child(pointer, name), fault.message(), fault.hint());
  }

  private void wrongKind(Error error, String pointer, String place) {
    JsonNode value = document.at(pointer);
    List<String> kinds = kinds(error.getSchemaNode());
    String expectation = schema.expectation(error);
    // "a duration such as ..." tells more than "a string"; "text without ..." would not.
    boolean telling = expectation != null && expectation.startsWith("a ");
    String expected = telling ? expectation : either(kinds.stream().map(this::kindName).toList());
    report.error(
        pointer,
        pointer.isEmpty()
            ? "%s is one JSON object, not %s".formatted(wording.whole(), JsonText.kind(value))
            : "%s must be %s, not %s".formatted(place, expected, JsonText.kind(value)),
        correction(kinds, value, telling));
  }

  /** {@code a string, null or an object}. */
  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static List<String> kinds(JsonNode type) {
    return type.isArray()
        ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::stringValue).toList()
        : List.of(type.stringValue());
  }

  private String kindName(String jsonType) {
    return switch (jsonType) {
      case "string" -> "a string";
      case "array" -> "a list";
      case "object" -> "an object";
      case "boolean" -> "true or false";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      default -> jsonType;
    };
  }

  /** The same value as it should have been written, where that is plain. */
  private static @Nullable String correction(List<String> kinds, JsonNode value, boolean telling) {
    if (kinds.contains("array") && value.isString()) {
      return "write [" + JsonText.value(value) + "]";
    }
    if (kinds.contains("string") && !telling && (value.isNumber() || value.isBoolean())) {
      return "write " + JsonText.quoted(value.toString());
    }
    boolean quotedBoolean =
        value.isString() && List.of("true", "false").contains(value.stringValue());
    if (kinds.contains("boolean") && quotedBoolean) {
      return "write " + value.stringValue() + " without quotes";
    }
    return null;
  }

  private void wrongWord(Error error, String pointer, String place) {
    JsonNode value = document.at(pointer);
    var words = new ArrayList<String>();
    error.getSchemaNode().forEach(word -> words.add(word.stringValue()));
    report.error(
        pointer,
        "%s must be %s, not %s".formatted(place, JsonText.oneOf(words), JsonText.value(value)),
        value.isString() ? Nearest.hint(value.stringValue(), words) : null);
  }

  private void repeated(String pointer, String place, JsonNode list) {
    var seen = new HashSet<JsonNode>();
    for (int i = 0; i < list.size(); i++) {
      if (!seen.add(list.get(i))) {
        report.error(
            JsonDocument.child(pointer, i),
            "%s has %s more than once".formatted(place, JsonText.value(list.get(i))),
            null);
      }
    }
  }
}
