package dev.kitchenhooks.history;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A list of strings as the text of one column. */
final class JsonList {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonList() {}

  static String write(List<String> values) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      values.forEach(json::writeString);
      json.writeEndArray();
    }
    return text.toString();
  }

  static List<String> read(String text) {
    var values = new ArrayList<String>();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          values.add(json.getString());
        }
      }
    }
    return List.copyOf(values);
  }
}
