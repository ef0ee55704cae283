package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The kitchen's environments, each read once, when first asked for. Thread-safe. */
final class Environments {
  /**
   * An environment as its file has it.
   *
   * @param document not to be changed; empty where there is none that can be read
   * @param description empty where it has none
   * @param defaults its {@code default_attributes}; not to be changed
   * @param overrides its {@code override_attributes}; not to be changed
   */
  record Read(
      Optional<ObjectNode> document,
      Optional<String> description,
      ObjectNode defaults,
      ObjectNode overrides,
      List<Problem> problems) {
    private static Read nothing(List<Problem> problems) {
      ObjectNode none = JsonNodeFactory.instance.objectNode();
      return new Read(Optional.empty(), Optional.empty(), none, none, problems);
    }
  }

  private final Path kitchen;
  private final KitchenNames names;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  Environments(Path kitchen, KitchenNames names) {
    this.kitchen = kitchen;
    this.names = names;
  }

  boolean exists(String name) {
    return names.environments().contains(name);
  }

  /** What is wrong with the file of an environment that exists. */
  List<Problem> problems(String name) {
    return find(name).problems;
  }

  /** An environment that exists. */
  Read find(String name) {
    return read.computeIfAbsent(name, this::read);
  }

  /** A copy of the environment's document; empty where it has none that can be read. */
  Optional<ObjectNode> document(String name) {
    requireExists(name);
    Read known = find(name);
    var problems = new Problems();
    problems.addAll(known.problems);
    problems.throwIfErrors("environment \"%s\" is not valid".formatted(name));
    return known.document.map(ObjectNode::deepCopy);
  }

  void requireExists(String name) {
    if (!exists(name)) {
      throw FixException.invalid(missing(name), Nearest.hint(name, names.environments()));
    }
  }

  /** What to say of an environment that does not exist. */
  static String missing(String name) {
    return "environment %s does not exist".formatted(JsonText.quoted(name));
  }

  private Read read(String name) {
    String shown = "environments/" + name + ".json";
    Path file = kitchen.resolve(shown);
    // The default one needs no file, and one in Ruby is for chef-solo to read.
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Read.nothing(List.of());
    }
    var problems = new Problems();
    JsonDocument document = JsonDocument.read(file, shown, problems);
    if (document == null) {
      return Read.nothing(problems.sorted());
    }
    var fields = new Fields(document, problems);
    if (fields.isObject("")) {
      fields.checkName("environment", List.of(name));
    }
    Optional<ObjectNode> object =
        document.root() instanceof ObjectNode o ? Optional.of(o) : Optional.empty();
    return new Read(
        object,
        fields.string("/description"),
        fields.object("/default_attributes"),
        fields.object("/override_attributes"),
        problems.sorted());
  }
}
