package dev.kitchenhooks.json;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON file as a tree, with the place of every key and value. Comments and trailing commas are
 * allowed, as in an editor's JSONC; a duplicate key is an error, each one of them.
 *
 * <p>Places are needed for problems only, and most files have none: they are found by a second
 * reading when first asked for, so that a fleet's node files cost no more than their trees.
 */
public final class JsonDocument {
  /** Deeper than any definition or node file; far below what would exhaust the stack. */
  private static final int MAX_DEPTH = 200;

  /** Beyond the range of every floating point number that Chef's Ruby can hold. */
  private static final int MAX_SCALE = 1_000;

  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String file;
  private final String text;
  private final JsonNode root;
  private volatile @Nullable JsonPlaces places;

  private JsonDocument(String file, String text, JsonNode root) {
    this.file = file;
    this.text = text;
    this.root = root;
  }

  /** Loads what reading needs, ahead of the first file: BigDecimal alone computes for 30 ms. */
  public static void warmUp() {
    parse("", "{}", new Problems());
  }

  /**
   * Reads a file, which must be UTF-8.
   *
   * @param shown the file as shown in problems
   * @param problems receives all that is wrong with it
   * @return the document, or null where the file is unreadable or not JSON
   */
  public static @Nullable JsonDocument read(Path file, String shown, Problems problems) {
    String text = SourceText.read(file, shown, problems);
    return text == null ? null : parse(shown, text, problems);
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
    // A byte order mark is what some editors leave; it is no part of the text.
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), content)) {
      if (parser.nextToken() == null) {
        problems.add(Problem.error(file, 1, 1, "the file is empty; a JSON object was expected"));
        return null;
      }
      var tree = new TreeBuilder();
      JsonNode root = tree.value(parser, 0);
      if (parser.nextToken() != null) {
        Position at = position(parser.currentTokenLocation());
        problems.add(
            Problem.error(file, at.line(), at.column(), "text after the end of the JSON value"));
        return null;
      }
      var document = new JsonDocument(file, content, root);
      if (tree.duplicates) {
        document.places().duplicates(file).forEach(problems::add);
      }
      return document;
    } catch (JacksonException e) {
      Position at = position(e.getLocation());
      problems.add(Problem.error(file, at.line(), at.column(), "not valid JSON: " + describe(e)));
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
    return places().value(pointer);
  }

  /**
   * Where the key that a pointer ends in starts; the value's place where it is no object member.
   */
  public Position keyAt(String pointer) {
    return places().key(pointer);
  }

  private JsonPlaces places() {
    JsonPlaces known = places;
    if (known == null) {
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
        known = JsonPlaces.of(parser);
      }
      places = known;
    }
    return known;
  }

  /** {@code pointer} and then a member's name, escaped as RFC 6901 asks. */
  public static String child(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  /**
   * The node at a pointer, missing where there is none. Walks by itself: for the short pointers of
   * a fleet's files, Jackson's compiled form costs more than what it finds.
   */
  public JsonNode at(String pointer) {
    JsonNode node = root;
    for (int from = 1; from <= pointer.length(); ) {
      int slash = pointer.indexOf('/', from);
      int end = slash < 0 ? pointer.length() : slash;
      node = step(node, pointer.substring(from, end));
      from = end + 1;
    }
    return node;
  }

  private static JsonNode step(JsonNode node, String step) {
    if (!node.isArray()) {
      return node.path(step.indexOf('~') < 0 ? step : step.replace("~1", "/").replace("~0", "~"));
    }
    boolean index = INDEX.matcher(step).matches();
    return index ? node.path(Integer.parseInt(step)) : MissingNode.getInstance();
  }

  /** Jackson's words, without what it says of its own source and settings. */
  private static String describe(JacksonException e) {
    String message = e.getOriginalMessage();
    if (message == null) {
      return "unreadable";
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return "the text ends before all that it opens is closed";
    }
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll(" \\((?:start marker|for \\w+ starting) at .*", "");
  }

  static Position position(@Nullable TokenStreamLocation location) {
    if (location == null || location.getLineNr() < 1) {
      return Position.START;
    }
    return new Position(location.getLineNr(), Math.max(1, location.getColumnNr()));
  }

  /** Builds the tree from the token stream. */
  private static final class TreeBuilder {
    private boolean duplicates;

    JsonNode value(JsonParser parser, int depth) {
      JsonNodeFactory make = JsonNodeFactory.instance;
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser, deeper(parser, depth));
        case START_ARRAY -> array(parser, deeper(parser, depth));
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
        case VALUE_NUMBER_FLOAT -> make.numberNode(decimal(parser));
        default -> throw new IllegalStateException("token " + parser.currentToken());
      };
    }

    /**
     * Exact, but of a size that arithmetic can stand: whole numbers are limited by their length.
     */
    private static BigDecimal decimal(JsonParser parser) {
      try {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) <= MAX_SCALE) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw outOfRange(parser, e);
      }
      throw outOfRange(parser, null);
    }

    private static StreamReadException outOfRange(
        JsonParser parser, @Nullable NumberFormatException cause) {
      return new StreamReadException(
          parser, "a number out of range", parser.currentTokenLocation(), cause);
    }

    private static int deeper(JsonParser parser, int depth) {
      if (depth >= MAX_DEPTH) {
        throw new StreamReadException(
            parser, "nested deeper than " + MAX_DEPTH + " levels", parser.currentTokenLocation());
      }
      return depth + 1;
    }

    private ObjectNode object(JsonParser parser, int depth) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        JsonNode value = value(parser, depth);
        if (object.has(key)) {
          duplicates = true;
        } else {
          object.set(key, value);
        }
      }
      return object;
    }

    private ArrayNode array(JsonParser parser, int depth) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser, depth));
      }
      return array;
    }
  }
}
