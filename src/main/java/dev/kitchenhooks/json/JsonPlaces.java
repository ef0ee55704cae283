package dev.kitchenhooks.json;

import dev.kitchenhooks.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Where every key and value of a JSON text stands, by RFC 6901 pointer. */
final class JsonPlaces {
  private record Duplicate(String key, Position first, Position again) {}

  private final Map<String, Position> values = new HashMap<>();
  private final Map<String, Position> keys = new HashMap<>();
  private final List<Duplicate> duplicates = new ArrayList<>();

  private JsonPlaces() {}

  /**
   * Reads a text that is known to be valid, but for duplicate keys: the first one's place counts.
   */
  static JsonPlaces of(JsonParser parser) {
    var places = new JsonPlaces();
    parser.nextToken();
    places.value(parser, "");
    return places;
  }

  /** The nearest enclosing value's place where there is nothing at the pointer. */
  Position value(String pointer) {
    String p = pointer;
    while (true) {
      Position position = values.get(p);
      if (position != null) {
        return position;
      }
      int slash = p.lastIndexOf('/');
      if (slash < 0) {
        return Position.START;
      }
      p = p.substring(0, slash);
    }
  }

  Position key(String pointer) {
    Position key = keys.get(pointer);
    return key == null ? value(pointer) : key;
  }

  List<Problem> duplicates(String file) {
    return duplicates.stream()
        .map(d ->
            Problem.error(
                file,
                d.again.line(),
                d.again.column(),
                "duplicate key %s; it stands first at %d:%d"
                    .formatted(JsonText.quoted(d.key), d.first.line(), d.first.column())))
        .toList();
  }

  private void value(JsonParser parser, String pointer) {
    values.putIfAbsent(pointer, JsonDocument.position(parser.currentTokenLocation()));
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      object(parser, pointer);
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      array(parser, pointer);
    }
  }

  private void object(JsonParser parser, String pointer) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String at = JsonDocument.child(pointer, key);
      Position place = JsonDocument.position(parser.currentTokenLocation());
      Position first = keys.putIfAbsent(at, place);
      if (first != null) {
        duplicates.add(new Duplicate(key, first, place));
      }
      parser.nextToken();
      value(parser, at);
    }
  }

  private void array(JsonParser parser, String pointer) {
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      value(parser, JsonDocument.child(pointer, index));
    }
  }
}
