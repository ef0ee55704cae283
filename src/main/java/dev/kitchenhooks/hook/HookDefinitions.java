package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.Report;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads a kitchen's hook definitions, strictly: every error of every file at once. */
public final class HookDefinitions {
  /** Where definitions lie in a kitchen. */
  public static final String DIRECTORY = "hook-defs";

  /** Where the programs of definitions lie in a kitchen. */
  public static final String PROGRAMS = "hooks";

  private HookDefinitions() {}

  /** Whether there is anything where a kitchen's definitions lie, which may be none. */
  public static boolean mayExist(Path kitchenDir) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(kitchenDir.resolve(DIRECTORY))) {
      return files.iterator().hasNext();
    } catch (IOException notThere) {
      return false;
    }
  }

  /**
   * Reads {@code hook-defs/} below a kitchen, sub-directories too. Does not look at the programs:
   * {@link HookTrust} does. Without the directory there are no hooks.
   *
   * @param kitchenDir the kitchen
   * @param config its {@code [hooks]} section
   */
  public static Loaded load(Path kitchenDir, KitchenConfig.Hooks config) {
    return load(kitchenDir, config, true);
  }

  /**
   * The same without a look at what is pinned for plugins, for whoever is about to pin them: they
   * lie nowhere yet.
   */
  public static Loaded declared(Path kitchenDir, KitchenConfig.Hooks config) {
    return load(kitchenDir, config, false);
  }

  /**
   * What one more definition would be, and all that would be wrong with it, before it is written.
   *
   * @param before the kitchen's definitions
   * @param file where it is to lie, relative to the kitchen
   * @return of this definition alone
   */
  public static Loaded consider(
      Path kitchenDir, KitchenConfig.Hooks config, Loaded before, String file, String text) {
    Path kitchen = kitchenDir.toAbsolutePath().normalize();
    var problems = new Problems();
    var collected = new Collected(problems);
    collected.byName.putAll(before.documents());
    collected.read(
        file,
        text,
        new DefinitionReader(
            HookSchema.shared(),
            kitchen.resolve(PROGRAMS),
            new PluginPins(kitchen, problems, false),
            config));
    return new Loaded(
        List.copyOf(collected.hooks), problems.sorted(), Map.copyOf(collected.byHook));
  }

  private static Loaded load(Path kitchenDir, KitchenConfig.Hooks config, boolean pinned) {
    Path kitchen = kitchenDir.toAbsolutePath().normalize();
    var problems = new Problems();
    var files = new DefinitionFiles(kitchen, problems);
    List<Path> found = files.find(kitchen.resolve(DIRECTORY));
    List<HookDefinition> scripts = ScriptHooks.load(kitchen, config, problems);
    if (found.isEmpty()) {
      return new Loaded(scripts, problems.sorted(), Map.of());
    }
    var reader =
        new DefinitionReader(
            HookSchema.shared(),
            kitchen.resolve(PROGRAMS),
            new PluginPins(kitchen, problems, pinned),
            config);
    var collected = new Collected(problems);
    for (Path file : found) {
      files.read(file).ifPresent(text -> collected.read(files.shown(file), text, reader));
    }
    // Where a definition has taken a script's name, it says more of it.
    scripts.stream()
        .filter(script -> !collected.byName.containsKey(script.name()))
        .forEach(collected.hooks::add);
    return new Loaded(
        List.copyOf(collected.hooks), problems.sorted(), Map.copyOf(collected.byHook));
  }

  /** The definitions read so far, no two of the same name. */
  private static final class Collected {
    private final Problems problems;
    private final List<HookDefinition> hooks = new ArrayList<>();
    private final HashMap<String, JsonDocument> byHook = new HashMap<>();
    private final HashMap<String, JsonDocument> byName = new HashMap<>();

    Collected(Problems problems) {
      this.problems = problems;
    }

    void read(String file, String text, DefinitionReader reader) {
      var ofFile = new Problems();
      JsonDocument document = JsonDocument.parse(file, text, ofFile);
      if (document != null) {
        HookDefinition definition = reader.read(document, ofFile);
        add(document, ofFile.hasErrors() ? Optional.empty() : Optional.of(definition));
      }
      problems.addAll(ofFile.sorted());
    }

    private void add(JsonDocument document, Optional<HookDefinition> definition) {
      // A definition with errors has a name too, and the next one must not take it.
      String name = document.at("/name").stringValue("");
      JsonDocument first = name.isEmpty() ? null : byName.putIfAbsent(name, document);
      if (first != null) {
        new Report(document, problems)
            .error(
                "/name",
                "%s is the name of another hook already, in %s:%d"
                    .formatted(JsonText.quoted(name), first.file(), first.valueAt("/name").line()),
                null);
      } else if (definition.isPresent()) {
        hooks.add(definition.get());
        byHook.put(name, document);
      }
    }
  }
}
