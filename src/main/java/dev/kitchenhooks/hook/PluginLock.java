package dev.kitchenhooks.hook;

import dev.kitchenhooks.hook.PluginPin.Kind;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The lock file of plugins: which commit each ref stands for. Kept with the kitchen in version
 * control, so that all who run it run the same.
 *
 * @param entries in the order of the file
 */
public record PluginLock(List<Entry> entries) {
  /** The file, at the top of the kitchen. */
  public static final String FILE = "hook-plugins.lock";

  /** The only form of the file that there is. */
  public static final int VERSION = 1;

  /** Nothing is pinned. */
  public static final PluginLock EMPTY = new PluginLock(List.of());

  private static final String HINT =
      "put back what version control has, or delete the file and run fix hooks update";

  /**
   * A pin and its place in the file.
   *
   * @param pin what is pinned
   * @param at where it stands
   */
  public record Entry(PluginPin pin, Position at) {}

  /**
   * Reads the lock file of a kitchen; without one nothing is pinned.
   *
   * @param problems receives all that is wrong with it; what has an error is left out
   */
  public static PluginLock read(Path kitchenDir, Problems problems) {
    Path file = kitchenDir.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return EMPTY;
    }
    JsonDocument document = JsonDocument.read(file, FILE, problems);
    return document == null ? EMPTY : new PluginLock(new Reading(document, problems).entries());
  }

  /** What is pinned for a plugin. */
  public Optional<PluginPin> pin(PluginSource source) {
    return pins().filter(pin -> pin.isOf(source)).findFirst();
  }

  /** Everything that is pinned, in the order of the file. */
  public Stream<PluginPin> pins() {
    return entries.stream().map(Entry::pin);
  }

  /** One pass over the file. */
  private static final class Reading {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern TREE = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Set<String> TOP = Set.of("version", "plugins");
    private static final Set<String> KEYS = Set.of("repo", "ref", "kind", "commit", "tree");

    private final JsonDocument document;
    private final Problems problems;

    Reading(JsonDocument document, Problems problems) {
      this.document = document;
      this.problems = problems;
    }

    List<Entry> entries() {
      if (!document.root().isObject()) {
        error("", "an object was expected, not " + JsonText.kind(document.root()));
        return List.of();
      }
      JsonNode version = document.at("/version");
      if (!version.isInt() || version.intValue() != VERSION) {
        error(
            "/version",
            version.isMissingNode()
                ? "\"version\" is missing"
                : "\"version\" is %s; this fix reads version %d"
                    .formatted(JsonText.value(version), VERSION));
        return List.of();
      }
      unknownKeys("", document.root(), TOP);
      JsonNode plugins = document.at("/plugins");
      if (!plugins.isArray()) {
        error("/plugins", "\"plugins\" must be a list");
        return List.of();
      }
      var entries = new ArrayList<Entry>();
      for (int i = 0; i < plugins.size(); i++) {
        entry(i).ifPresent(entry -> add(entry, entries));
      }
      return List.copyOf(entries);
    }

    private void add(Entry entry, List<Entry> entries) {
      PluginPin pin = entry.pin();
      Optional<Entry> first =
          entries.stream()
              .filter(e -> e.pin().repo().equals(pin.repo()) && e.pin().ref().equals(pin.ref()))
              .findFirst();
      if (first.isPresent()) {
        error(
            entry.at(),
            "%s of %s is pinned already, in line %d"
                .formatted(
                    JsonText.quoted(pin.ref()),
                    JsonText.quoted(pin.repo()),
                    first.get().at().line()));
      } else {
        entries.add(entry);
      }
    }

    private Optional<Entry> entry(int index) {
      String pointer = JsonDocument.child("/plugins", index);
      JsonNode node = document.at(pointer);
      if (!node.isObject()) {
        error(pointer, "an object was expected, not " + JsonText.kind(node));
        return Optional.empty();
      }
      unknownKeys(pointer, node, KEYS);
      Optional<String> repo = text(pointer, "repo");
      Optional<String> ref = text(pointer, "ref");
      Optional<Kind> kind = text(pointer, "kind").flatMap(word -> kind(pointer, word));
      Optional<String> commit = text(pointer, "commit", COMMIT, "the full hash of a commit");
      Optional<String> tree = text(pointer, "tree", TREE, "sha256: and 64 hexadecimal digits");
      if (repo.isEmpty() || ref.isEmpty() || kind.isEmpty()) {
        return Optional.empty();
      }
      if (commit.isEmpty() || tree.isEmpty()) {
        return Optional.empty();
      }
      var pin = new PluginPin(repo.get(), ref.get(), kind.get(), commit.get(), tree.get());
      return Optional.of(new Entry(pin, document.valueAt(pointer)));
    }

    private Optional<Kind> kind(String parent, String word) {
      Optional<Kind> kind = Stream.of(Kind.values()).filter(k -> k.word().equals(word)).findFirst();
      if (kind.isEmpty()) {
        error(
            JsonDocument.child(parent, "kind"),
            "%s is not %s"
                .formatted(
                    JsonText.quoted(word),
                    JsonText.oneOf(Stream.of(Kind.values()).map(Kind::word).toList())));
      }
      return kind;
    }

    private Optional<String> text(String parent, String key, Pattern pattern, String expected) {
      Optional<String> text = text(parent, key);
      if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
        error(
            JsonDocument.child(parent, key),
            "\"%s\" must be %s, not %s".formatted(key, expected, JsonText.quoted(text.get())));
        return Optional.empty();
      }
      return text;
    }

    private Optional<String> text(String parent, String key) {
      String pointer = JsonDocument.child(parent, key);
      JsonNode value = document.at(pointer);
      if (value.isString() && !value.stringValue().isEmpty()) {
        return Optional.of(value.stringValue());
      }
      error(
          pointer,
          value.isMissingNode()
              ? "\"%s\" is missing".formatted(key)
              : "\"%s\" must be a text, not %s".formatted(key, JsonText.value(value)));
      return Optional.empty();
    }

    private void unknownKeys(String parent, JsonNode object, Set<String> known) {
      object
          .propertyNames()
          .forEach(key -> {
            if (!known.contains(key)) {
              Position at = document.keyAt(JsonDocument.child(parent, key));
              String near = Nearest.hint(key, known);
              String message = "unknown key " + JsonText.quoted(key);
              problems.add(
                  Problem.error(FILE, at.line(), at.column(), message)
                      .withHint(near == null ? HINT : near));
            }
          });
    }

    private void error(String pointer, String message) {
      error(document.valueAt(pointer), message);
    }

    private void error(Position at, String message) {
      problems.add(Problem.error(FILE, at.line(), at.column(), message).withHint(HINT));
    }
  }
}
