package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.json.SourceText;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a compose file says, with its places. Whatever is empty or null counts as not there. Nothing
 * is interpolated, included or extended.
 */
public final class ComposeFile {
  private final YamlDocument document;
  private final ObjectNode root;
  private final List<ComposeService> services;

  ComposeFile(YamlDocument document, ObjectNode root, List<ComposeService> services) {
    this.document = document;
    this.root = root;
    this.services = List.copyOf(services);
  }

  /**
   * Reads a file, which must be UTF-8.
   *
   * @param shown the file as shown in problems
   * @param problems receives all that is wrong with it
   * @return what it says, or null where there was an error
   */
  public static @Nullable ComposeFile read(Path file, String shown, Problems problems) {
    String text = SourceText.read(file, shown, problems);
    return text == null ? null : parse(shown, text, problems);
  }

  /** The same for a text. */
  public static @Nullable ComposeFile parse(String shown, String text, Problems problems) {
    return ComposeReader.read(shown, text, problems);
  }

  /** The file as shown in problems. */
  public String file() {
    return document.file();
  }

  /** The file as it is written. */
  YamlDocument document() {
    return document;
  }

  /** All that it says, aliases followed and {@code <<} merged. */
  public ObjectNode root() {
    return root;
  }

  /** Its services in their order, those too of which nothing is said. */
  public List<ComposeService> services() {
    return services;
  }

  /** The volumes that it declares, with what is said of each: often nothing. */
  public SequencedMap<String, ObjectNode> volumes() {
    var volumes = new LinkedHashMap<String, ObjectNode>();
    root.path("volumes")
        .properties()
        .forEach(volume ->
            volumes.put(
                volume.getKey(),
                volume.getValue() instanceof ObjectNode said
                    ? said
                    : JsonNodeFactory.instance.objectNode()));
    return volumes;
  }

  /**
   * A mapping at the top, such as {@code x-backups}; empty where the key is not there, or null.
   *
   * @param problems receives an error where it is something else
   */
  public Optional<ObjectNode> section(String key, Problems problems) {
    return document.mapping(JsonDocument.child("", key), root.path(key), problems);
  }

  /**
   * Where the value at an RFC 6901 pointer starts; the nearest enclosing value's place where there
   * is none. An alias has its own place; what is in it has the place where it is written.
   */
  public Position valueAt(String pointer) {
    return document.valueAt(pointer);
  }

  /** Where the key that a pointer ends in starts; the value's place where it is no key. */
  public Position keyAt(String pointer) {
    return document.keyAt(pointer);
  }

  /** An error at the value that a pointer leads to. */
  public Problem errorAt(String pointer, String message) {
    return document.errorAt(pointer, message);
  }
}
