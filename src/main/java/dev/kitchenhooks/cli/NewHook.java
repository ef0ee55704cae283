package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookLint;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.KitchenNames;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A hook that is being made: its definition and its program, both or none. */
final class NewHook {
  private static final String PUBLISHED = "https://kitchenhooks.dev/schema/hook.json";

  private final Kitchen kitchen;
  private final Loaded before;
  private final Given given;
  private final Path definition;
  private final Path program;
  private final Loaded checked;

  /** What is asked for. */
  record Given(
      String name,
      List<String> types,
      Optional<String> exec,
      Optional<String> description,
      Map<String, String> filters,
      List<String> tags,
      Optional<Integer> weight,
      Optional<String> timeout,
      Optional<String> runCondition,
      boolean required,
      Optional<String> where) {}

  /**
   * Checks all of it; nothing is written.
   *
   * @throws FixException with everything that is wrong
   */
  NewHook(Kitchen kitchen, Loaded before, Given given) {
    this.kitchen = kitchen;
    this.before = before;
    this.given = given;
    String file = fileName(given.name());
    this.definition =
        kitchen.directory().resolve(HookDefinitions.DIRECTORY).resolve(file + ".json");
    this.program =
        kitchen.directory().resolve(HookDefinitions.PROGRAMS).resolve(exec()).normalize();
    refuseToOverwrite();
    this.checked =
        HookDefinitions.consider(
            kitchen.directory(), kitchen.config().hooks(), before, definitionFile(), text());
    List<Problem> errors =
        checked.problems().stream()
            .filter(Problem::isError)
            // The place is one in a file that is not there.
            .map(p -> Problem.error(definitionFile(), 0, 0, p.message()).withHint(p.hint()))
            .toList();
    if (!errors.isEmpty()) {
      throw FixException.invalid("this is no hook; nothing was written", errors);
    }
  }

  /** All types that the kitchen has, the usual one first. */
  static List<String> types(Collection<String> phases) {
    var types = new ArrayList<>(HookType.all(phases));
    types.sort(Comparator.comparingInt(NewHook::rank));
    types.add(HookType.USER);
    return types.stream().map(HookType::id).toList();
  }

  private static int rank(HookType type) {
    int scope =
        switch (type.scope()) {
          case NODE -> 0;
          case GLOBAL -> 1;
          case APP -> 2;
          case USER -> 3;
        };
    int phase =
        type.scope() == Scope.APP
            ? HookType.BUILT_IN.size() + 1
            : Math.floorMod(HookType.BUILT_IN.indexOf(type.phase()), HookType.BUILT_IN.size() + 1);
    return 10 * phase + scope;
  }

  String name() {
    return given.name();
  }

  /** Relative to the kitchen. */
  String definitionFile() {
    return kitchen.directory().relativize(definition).toString();
  }

  /** Relative to the kitchen where it lies in it. */
  String programFile() {
    return program.startsWith(kitchen.directory())
        ? kitchen.directory().relativize(program).toString()
        : program.toString();
  }

  /** What will surprise: of the definition alone. */
  List<Problem> warnings() {
    var names =
        new KitchenNames(kitchen.roleNames(), kitchen.environmentNames(), kitchen.soundNodes());
    Loaded now = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    return HookLint.lint(kitchen.directory(), now, names, kitchen.config().hooks()).stream()
        .filter(p -> definitionFile().equals(p.file()))
        .toList();
  }

  /**
   * Writes both files.
   *
   * @return the language of the program; empty where it was there already
   */
  Optional<HookSkeleton.Language> write(HookSkeleton.Language language) {
    boolean keep = given.exec().isPresent() && Files.exists(program);
    try {
      if (!keep) {
        HookDefinition hook = checked.hooks().getFirst();
        var skeleton =
            new HookSkeleton(
                String.valueOf(program.getFileName()), hook.description(), hook.types());
        write(program, skeleton.in(language), "rwxr-xr-x");
      }
      try {
        write(definition, text(), "rw-r--r--");
      } catch (IOException | RuntimeException e) {
        if (!keep) {
          Files.deleteIfExists(program);
        }
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(Path.of(e.getFile()));
    } catch (IOException e) {
      throw FixException.invalid(
              "the hook cannot be written: " + e, "nothing was written; look at the directory")
          .causedBy(e);
    }
    return keep ? Optional.empty() : Optional.of(language);
  }

  /** The file is there with all of its content and its mode, or not at all. */
  private static void write(Path file, String text, String mode) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Path temporary = Files.createTempFile(directory, ".new-", ".tmp");
    try {
      Files.writeString(temporary, text);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
      Files.move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void refuseToOverwrite() {
    if (Files.exists(definition, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(definition);
    }
    if (given.exec().isEmpty() && Files.exists(program, LinkOption.NOFOLLOW_LINKS)) {
      throw FixException.invalid(
          programFile() + " exists already; nothing was written",
          "--exec %s makes a definition for it; --exec OTHER, a new program".formatted(exec()));
    }
  }

  private FixException exists(Path file) {
    return FixException.invalid(
        kitchen.directory().relativize(file) + " exists already; nothing was written",
        "choose another name, or take the file away");
  }

  private String exec() {
    return given.exec().orElse(fileName(given.name()));
  }

  /** The name as far as it is one for a file. */
  private static String fileName(String name) {
    String file = name.strip().replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceFirst("^[.-]+", "");
    return file.isEmpty() ? "hook" : file;
  }

  /** As a person would write it: a line a key. */
  private String text() {
    var lines = new ArrayList<String>();
    add(lines, "$schema", quoted(schema()));
    add(lines, "name", quoted(given.name()));
    given
        .description()
        .filter(d -> !d.isEmpty())
        .ifPresent(d -> add(lines, "description", quoted(d)));
    add(
        lines,
        "type",
        given.types().size() == 1 ? quoted(given.types().getFirst()) : list(given.types()));
    add(lines, "exec", quoted(exec()));
    if (!given.filters().isEmpty()) {
      add(
          lines,
          "filters",
          given.filters().entrySet().stream()
              .map(e -> quoted(e.getKey()) + ": " + list(List.of(e.getValue().split(",", -1))))
              .collect(Collectors.joining(", ", "{ ", " }")));
    }
    if (!given.tags().isEmpty()) {
      add(lines, "tags", list(given.tags()));
    }
    given.weight().ifPresent(w -> add(lines, "weight", String.valueOf(w)));
    given.timeout().ifPresent(t -> add(lines, "timeout", quoted(t)));
    given.runCondition().ifPresent(c -> add(lines, "run_condition", quoted(c)));
    if (!given.required()) {
      add(lines, "required", "false");
    }
    given.where().ifPresent(w -> add(lines, "where", quoted(w)));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  private static void add(List<String> lines, String key, String value) {
    lines.add("  " + quoted(key) + ": " + value);
  }

  private static String list(List<String> words) {
    return words.stream().map(w -> quoted(w.strip())).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  /** What the other definitions say, else the published address. */
  private String schema() {
    return before.documents().values().stream()
        .filter(document -> isBeside(document))
        .map(document -> document.at("/$schema").stringValue(""))
        .filter(schema -> !schema.isEmpty())
        .collect(Collectors.groupingBy(schema -> schema, Collectors.counting()))
        .entrySet()
        .stream()
        .max(
            Comparator.comparing(Map.Entry<String, Long>::getValue)
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElse(PUBLISHED);
  }

  /** A relative address means the same from the same directory only. */
  private static boolean isBeside(JsonDocument document) {
    return document.file().indexOf('/') == document.file().lastIndexOf('/');
  }
}
