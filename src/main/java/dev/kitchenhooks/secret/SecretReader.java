package dev.kitchenhooks.secret;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Variable;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads the secrets of hooks that are about to run, and says all that is wrong with them. */
public final class SecretReader {
  private final Path kitchen;
  private final Loaded loaded;
  private final Map<String, String> caller;
  private final Problems problems;
  private final Map<Path, SecretFile.Content> files = new HashMap<>();
  private final Map<Secrets.Key, String> values = new HashMap<>();

  private SecretReader(Path kitchen, Loaded loaded, Map<String, String> caller, Problems problems) {
    this.kitchen = kitchen;
    this.loaded = loaded;
    this.caller = caller;
    this.problems = problems;
  }

  /**
   * Reads them.
   *
   * @param kitchen the kitchen's directory
   * @param loaded where the definitions stand
   * @param hooks those that may run; no secret of another is touched
   * @param caller the environment that {@code fix} was started with
   * @throws dev.kitchenhooks.problem.FixException with everything that is wrong with any of them
   */
  public static Secrets read(
      Path kitchen, Loaded loaded, Collection<HookDefinition> hooks, Map<String, String> caller) {
    var problems = new Problems();
    var reader = new SecretReader(kitchen, loaded, caller, problems);
    hooks.stream().distinct().forEach(reader::read);
    problems.throwIfErrors("secrets of hooks cannot be read; nothing has run");
    return reader.values.isEmpty() ? Secrets.NONE : new Secrets(reader.values);
  }

  private void read(HookDefinition hook) {
    hook.environment()
        .forEach((name, variable) -> {
          var key = new Secrets.Key(hook.name(), name);
          switch (variable) {
            case Variable.Literal(var _), Variable.PassedThrough() -> {}
            case Variable.FromEnv(String from) -> fromEnv(hook, key, from);
            case Variable.FromFile(String path) -> fromFile(hook, key, path);
          }
        });
  }

  private void fromEnv(HookDefinition hook, Secrets.Key key, String from) {
    String value = caller.get(from);
    if (value == null) {
      error(hook, key, "from_env", unset(from), Nearest.hint(from, caller.keySet()));
    } else if (value.length() > SecretFile.LONGEST) {
      error(hook, key, "from_env", "the variable %s is longer than 64 KiB".formatted(from), null);
    } else {
      values.put(key, value);
    }
  }

  private void fromFile(HookDefinition hook, Secrets.Key key, String path) {
    switch (files.computeIfAbsent(kitchen.resolve(path), SecretFile::read)) {
      case SecretFile.Text(String text) -> values.put(key, text);
      case SecretFile.Fault(String message, var hint) ->
          error(hook, key, "from_file", shown(path) + " " + message, hint);
    }
  }

  private void error(
      HookDefinition hook,
      Secrets.Key key,
      String source,
      String message,
      @org.jspecify.annotations.Nullable String hint) {
    Position at = place(loaded, hook, key.variable(), source);
    problems.add(Problem.error(hook.file(), at.line(), at.column(), message).withHint(hint));
  }

  static String shown(String path) {
    return "the secret file " + JsonText.quoted(path);
  }

  static String unset(String variable) {
    return "the variable %s is not set".formatted(variable);
  }

  /** Where a definition says from where a variable comes. */
  static Position place(Loaded loaded, HookDefinition hook, String variable, String source) {
    return loaded.valueAt(
        hook, JsonDocument.child(JsonDocument.child("/environment", variable), source));
  }
}
