package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.SourceText;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads one cookbook's metadata and the names of its recipes; nothing of it is run. */
final class CookbookReader {
  private static final Pattern RECIPE_FILE = Pattern.compile("([^.].*)\\.(?:rb|ya?ml|json)");

  private final Path directory;
  private final String place;
  private final Problems problems = new Problems();

  private CookbookReader(Path directory, String place) {
    this.directory = directory;
    this.place = place;
  }

  /**
   * Reads it; what is wrong is among its problems.
   *
   * @param place the directory as shown to a person
   */
  static Cookbook read(Path directory, String place) {
    var reader = new CookbookReader(directory, place);
    if (Files.exists(directory.resolve("metadata.json"))) {
      String shown = place + "/metadata.json";
      JsonDocument document =
          JsonDocument.read(directory.resolve("metadata.json"), shown, reader.problems);
      return document == null ? reader.unknown() : reader.json(document);
    }
    if (Files.exists(directory.resolve("metadata.rb"))) {
      String text =
          SourceText.read(
              directory.resolve("metadata.rb"), place + "/metadata.rb", reader.problems);
      return text == null ? reader.unknown() : reader.ruby(MetadataRb.parse(text));
    }
    reader.problems.add(
        Problem.warning(place, 0, 0, "the cookbook has no metadata.json and no metadata.rb"));
    return reader.unknown();
  }

  private Cookbook unknown() {
    return ruby(MetadataRb.parse(""));
  }

  private Cookbook ruby(MetadataRb metadata) {
    String name = metadata.value("name").orElse(directory.getFileName().toString());
    return new Cookbook(
        name,
        place,
        metadata.value("version"),
        metadata.value("description"),
        new TreeMap<>(metadata.dependencies()),
        new TreeSet<>(),
        JsonNodeFactory.instance.objectNode(),
        recipes(name, new TreeMap<>(metadata.recipes())),
        problems.sorted());
  }

  private Cookbook json(JsonDocument document) {
    var fields = new Fields(document, problems);
    String name =
        fields.isObject("")
            ? fields.string("/name").orElse(directory.getFileName().toString())
            : directory.getFileName().toString();
    ObjectNode attributes = fields.object("/attributes");
    var names = new TreeSet<>(attributes.propertyNames());
    return new Cookbook(
        name,
        place,
        fields.string("/version"),
        fields.string("/description").map(String::strip),
        texts(fields.object("/dependencies")),
        names,
        defaults(attributes),
        recipes(name, texts(fields.object("/recipes"))),
        problems.sorted());
  }

  private static SortedMap<String, String> texts(ObjectNode object) {
    var texts = new TreeMap<String, String>();
    object
        .properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          texts.put(member.getKey(), value.isString() ? value.stringValue() : "");
        });
    return texts;
  }

  /** {@code "nginx/dir": {"default": "/etc/nginx"}} as the object that it stands for. */
  private static ObjectNode defaults(ObjectNode attributes) {
    List<ObjectNode> all = new ArrayList<>();
    attributes
        .properties()
        .forEach(member ->
            value(member.getValue())
                .ifPresent(value -> {
                  String[] path = member.getKey().split("/", -1);
                  JsonNode nested = value;
                  for (int i = path.length - 1; i >= 0; i--) {
                    ObjectNode outer = JsonNodeFactory.instance.objectNode();
                    outer.set(path[i], nested);
                    nested = outer;
                  }
                  all.add((ObjectNode) nested);
                }));
    return AttributeMerge.ofLevels(all);
  }

  private static Optional<JsonNode> value(JsonNode attribute) {
    JsonNode value = attribute.path("default");
    if (value.isMissingNode() || value.isNull()) {
      return attribute.path("type").asString("").equals("hash")
          ? Optional.of(JsonNodeFactory.instance.objectNode())
          : Optional.empty();
    }
    // Metadata had no booleans for long; LittleChef takes these words for them.
    return switch (value.isString() ? value.stringValue() : "") {
      case "true" -> Optional.of(BooleanNode.TRUE);
      case "false" -> Optional.of(BooleanNode.FALSE);
      default -> Optional.of(value);
    };
  }

  /** Those that the metadata describes, and those that have a file. */
  private SortedMap<String, String> recipes(String cookbook, SortedMap<String, String> described) {
    var recipes = new TreeMap<String, String>();
    described.forEach((name, text) -> recipes.put(RunListEntry.withoutDefault(name), text));
    try (var files = Files.newDirectoryStream(directory.resolve("recipes"))) {
      for (Path file : files) {
        Matcher name = RECIPE_FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          recipes.putIfAbsent(RunListEntry.withoutDefault(cookbook + "::" + name.group(1)), "");
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A library has no recipes; a directory that cannot be read shows none.
      return recipes;
    }
    return recipes;
  }
}
