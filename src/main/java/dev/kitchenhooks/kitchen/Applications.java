package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the applications that a node declares: the attribute {@code applications}, an object by
 * name, as role, environment and node file together make it. An entry is ours by its {@code
 * compose_file}; kitchens may have meant something else by that attribute before.
 */
final class Applications {
  static final String ATTRIBUTE = "applications";

  private static final String COMPOSE_FILE = "compose_file";
  private static final String TARGET_DIRECTORY = "target_dir";
  private static final String VERSION = "version";

  /** It becomes an argument, a part of paths, and the name of a compose project. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Path kitchen;
  private final NodeFacts node;
  private final Problems problems = new Problems();

  private Applications(Path kitchen, NodeFacts node) {
    this.kitchen = kitchen;
    this.node = node;
  }

  /**
   * A node's applications, by name.
   *
   * @throws FixException with all that is wrong with them
   */
  static List<Application> read(Path kitchen, NodeFacts node, ObjectNode attributes) {
    var reader = new Applications(kitchen, node);
    List<Application> found = reader.read(attributes.path(ATTRIBUTE));
    reader.problems.throwIfErrors("the applications of %s are not valid".formatted(node.fqdn()));
    return found;
  }

  private List<Application> read(JsonNode declared) {
    var found = new ArrayList<Application>();
    for (Map.Entry<String, JsonNode> entry : declared.properties()) {
      if (entry.getValue().has(COMPOSE_FILE)) {
        read(entry.getKey(), entry.getValue()).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing(Application::name));
    return List.copyOf(found);
  }

  private Optional<Application> read(String name, JsonNode entry) {
    int before = problems.errors().size();
    if (!NAME.matcher(name).matches()) {
      problem(name, "", "is not a name", "letters, digits, dots, hyphens and underscores");
    }
    Optional<String> composeFile = text(name, entry, COMPOSE_FILE);
    Optional<String> version = text(name, entry, VERSION);
    if (!entry.has(VERSION)) {
      problem(name, "", "has no " + VERSION, "for example \"version\": \"1.4.2\"");
    }
    Optional<String> target =
        entry.has(TARGET_DIRECTORY)
            ? text(name, entry, TARGET_DIRECTORY)
            : Optional.of("/etc/compose/%s/%s".formatted(name, node.environment()));
    composeFile.ifPresent(file -> checkComposeFile(name, file));
    target.ifPresent(directory -> checkTarget(name, directory));
    return problems.errors().size() > before
        ? Optional.empty()
        : Optional.of(
            new Application(
                name,
                node.environment(),
                version.orElseThrow(),
                composeFile.orElseThrow(),
                target.orElseThrow()));
  }

  /** A text; a number stands for what is written there, since versions often look like one. */
  private Optional<String> text(String name, JsonNode entry, String key) {
    JsonNode value = entry.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    String text = value.isString() || value.isNumber() ? value.asString() : "";
    if (text.isBlank() || CONTROL.matcher(text).find()) {
      problem(name, key, "must be a text, not " + JsonText.kind(value), null);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void checkComposeFile(String name, String file) {
    Path path = kitchen.resolve(file).normalize();
    if (!path.startsWith(kitchen) || path.equals(kitchen)) {
      problem(name, COMPOSE_FILE, "must lie in the kitchen, and is " + JsonText.quoted(file), null);
    } else if (!Files.isRegularFile(path)) {
      problem(name, COMPOSE_FILE, "is not there: " + JsonText.quoted(file), null);
    }
  }

  private void checkTarget(String name, String directory) {
    boolean sound =
        directory.startsWith("/")
            && Path.of(directory).normalize().toString().equals(directory)
            && Path.of(directory).getNameCount() > 1;
    if (!sound) {
      problem(
          name,
          TARGET_DIRECTORY,
          "is not the path of a directory of its own: " + JsonText.quoted(directory),
          "for example /etc/compose/%s/%s".formatted(name, node.environment()));
    }
  }

  private void problem(String name, String key, String message, @Nullable String hint) {
    String place = key.isEmpty() ? name : name + "." + key;
    problems.add(
        Problem.error(
                "nodes/%s.json".formatted(node.fqdn()),
                0,
                0,
                "%s.%s %s".formatted(ATTRIBUTE, place, message))
            .withHint(hint));
  }
}
