package dev.kitchenhooks.run;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as bytes, in the shapes that contexts are made of. */
final class ContextJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private ContextJson() {}

  /** An object, in UTF-8. */
  static byte[] object(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  static void strings(JsonGenerator json, String name, Iterable<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  /** What hooks have handed on: the member {@code out}. */
  static void out(JsonGenerator json, SortedMap<String, String> values) {
    json.writeName("out");
    json.writeStartObject();
    for (Map.Entry<String, String> value : values.entrySet()) {
      json.writeStringProperty(value.getKey(), value.getValue());
    }
    json.writeEndObject();
  }
}
