package dev.kitchenhooks.json;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON file as a tree, with the place of every key and value. Comments and trailing commas are
 * allowed, as in an editor's JSONC; a duplicate key is an error, each one of them.
 */
public final class JsonDocument {
  /** Deeper than any definition or node file; far below what would exhaust the stack. */
  private static final int MAX_DEPTH = 200;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String file;
  private final JsonNode root;
  private final Map<String, Position> values;
  private final Map<String, Position> keys;

  private JsonDocument(
      String file, JsonNode root, Map<String, Position> values, Map<String, Position> keys) {
    this.file = file;
    this.root = root;
    this.values = values;
    this.keys = keys;
  }

  /**
   * Reads a text.
   *
   * @param file the file as shown in problems
   * @param problems receives every duplicate key, or the one syntax error
   * @return the document, or null where the text is not JSON; with duplicate keys the first one's
   *     value is kept
   */
  public static @Nullable JsonDocument parse(String file, String text, Problems problems) {
    var reader = new Reader(file, problems);
    // A byte order mark is what some editors leave; it is no part of the text.
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), content)) {
      if (parser.nextToken() == null) {
        problems.add(Problem.error(file, 1, 1, "the file is empty; a JSON object was expected"));
        return null;
      }
      JsonNode root = reader.value(parser, "", 0);
      if (parser.nextToken() != null) {
        Position at = position(parser.currentTokenLocation());
        problems.add(
            Problem.error(file, at.line(), at.column(), "text after the end of the JSON value"));
        return null;
      }
      return new JsonDocument(file, root, reader.values, reader.keys);
    } catch (JacksonException e) {
      Position at = position(e.getLocation());
      problems.add(Problem.error(file, at.line(), at.column(), "not valid JSON: " + firstLine(e)));
      return null;
    }
  }

  public String file() {
    return file;
  }

  public JsonNode root() {
    return root;
  }

  /**
   * Where the value at an RFC 6901 pointer starts; the nearest enclosing value's place where there
   * is none.
   */
  public Position valueAt(String pointer) {
    return lookUp(values, pointer);
  }

  /**
   * Where the key that a pointer ends in starts; the value's place where it is no object member.
   */
  public Position keyAt(String pointer) {
    Position key = keys.get(pointer);
    return key == null ? valueAt(pointer) : key;
  }

  private static Position lookUp(Map<String, Position> map, String pointer) {
    String p = pointer;
    while (true) {
      Position position = map.get(p);
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

  /** {@code pointer} and then a member's name, escaped as RFC 6901 asks. */
  public static String child(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  /** The node at a pointer, missing where there is none. */
  public JsonNode at(String pointer) {
    return root.at(JsonPointer.compile(pointer));
  }

  private static String firstLine(JacksonException e) {
    String message = e.getOriginalMessage();
    if (message == null) {
      return "unreadable";
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static Position position(@Nullable TokenStreamLocation location) {
    if (location == null || location.getLineNr() < 1) {
      return Position.START;
    }
    return new Position(location.getLineNr(), Math.max(1, location.getColumnNr()));
  }

  /** Builds the tree and the two maps from the token stream. */
  private static final class Reader {
    private final String file;
    private final Problems problems;
    private final Map<String, Position> values = new HashMap<>();
    private final Map<String, Position> keys = new HashMap<>();

    Reader(String file, Problems problems) {
      this.file = file;
      this.problems = problems;
    }

    JsonNode value(JsonParser parser, String pointer, int depth) {
      values.putIfAbsent(pointer, position(parser.currentTokenLocation()));
      JsonNodeFactory make = JsonNodeFactory.instance;
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser, pointer, deeper(parser, depth));
        case START_ARRAY -> array(parser, pointer, deeper(parser, depth));
        case VALUE_STRING -> make.stringNode(parser.getString());
        case VALUE_TRUE -> make.booleanNode(true);
        case VALUE_FALSE -> make.booleanNode(false);
        case VALUE_NULL -> make.nullNode();
        case VALUE_NUMBER_INT ->
            switch (parser.getNumberType()) {
              case INT -> make.numberNode(parser.getIntValue());
              case LONG -> make.numberNode(parser.getLongValue());
              default -> make.numberNode(parser.getBigIntegerValue());
            };
        case VALUE_NUMBER_FLOAT -> make.numberNode(parser.getDecimalValue());
        default -> throw new IllegalStateException("token " + parser.currentToken());
      };
    }

    private static int deeper(JsonParser parser, int depth) {
      if (depth >= MAX_DEPTH) {
        throw new tools.jackson.core.exc.StreamReadException(
            parser, "nested deeper than " + MAX_DEPTH + " levels");
      }
      return depth + 1;
    }

    private ObjectNode object(JsonParser parser, String pointer, int depth) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        String at = child(pointer, key);
        Position place = position(parser.currentTokenLocation());
        parser.nextToken();
        Position first = keys.putIfAbsent(at, place);
        JsonNode value = value(parser, at, depth);
        if (first == null) {
          object.set(key, value);
        } else {
          problems.add(
              Problem.error(
                  file,
                  place.line(),
                  place.column(),
                  "duplicate key \"%s\"; it stands first at %d:%d"
                      .formatted(key, first.line(), first.column())));
        }
      }
      return object;
    }

    private ArrayNode array(JsonParser parser, String pointer, int depth) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      int index = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser, child(pointer, index), depth));
        index++;
      }
      return array;
    }
  }
}
