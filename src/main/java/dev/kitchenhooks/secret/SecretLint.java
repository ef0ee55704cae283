package dev.kitchenhooks.secret;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.LintRule;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Variable;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of secrets without reading any. */
public final class SecretLint {
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|API_?KEY)S?|(.*_)?KEYS?");

  private final Path kitchen;
  private final Loaded loaded;
  private final Map<String, String> caller;
  private final List<Problem> problems = new ArrayList<>();

  private SecretLint(Path kitchen, Loaded loaded, Map<String, String> caller) {
    this.kitchen = kitchen;
    this.loaded = loaded;
    this.caller = caller;
  }

  /**
   * Checks the variables of all hooks.
   *
   * @param caller the environment that {@code fix} was started with
   */
  public static List<Problem> check(Path kitchen, Loaded loaded, Map<String, String> caller) {
    var lint = new SecretLint(kitchen, loaded, caller);
    for (HookDefinition hook : loaded.hooks()) {
      hook.environment().forEach((name, variable) -> lint.check(hook, name, variable));
    }
    return lint.problems;
  }

  private void check(HookDefinition hook, String name, Variable variable) {
    switch (variable) {
      case Variable.PassedThrough() -> {}
      case Variable.Literal(String text) -> literal(hook, name, text);
      case Variable.FromFile(String path) -> file(hook, name, path);
      case Variable.FromEnv(String from) -> {
        if (!caller.containsKey(from)) {
          // Not here; on the machine that runs it, perhaps.
          add(
              LintRule.MISSING_SECRET,
              Severity.WARNING,
              hook,
              SecretReader.place(loaded, hook, name, "from_env"),
              SecretReader.unset(from),
              Nearest.hint(from, caller.keySet()));
        }
      }
    }
  }

  private void literal(HookDefinition hook, String name, String text) {
    if (!text.isBlank() && SECRET_NAME.matcher(name).matches() && !text.startsWith("/")) {
      add(
          LintRule.TYPED_SECRET,
          Severity.WARNING,
          hook,
          loaded.valueAt(hook, JsonDocument.child("/environment", name)),
          "%s looks like a secret, and stands here for everybody to read".formatted(name),
          "{\"from_file\": ...} or {\"from_env\": ...} keeps it out, and masks it");
    }
  }

  private void file(HookDefinition hook, String name, String path) {
    Path file = kitchen.resolve(path);
    Position at = SecretReader.place(loaded, hook, name, "from_file");
    String shown = SecretReader.shown(path);
    Optional<SecretFile.Fault> fault = SecretFile.look(file);
    if (fault.isPresent()) {
      add(
          LintRule.MISSING_SECRET,
          hook.enabled() ? Severity.ERROR : Severity.WARNING,
          hook,
          at,
          shown + " " + fault.get().message(),
          fault.get().hint());
    } else if (isReadableByAll(file)) {
      add(
          LintRule.READABLE_SECRET,
          Severity.WARNING,
          hook,
          at,
          shown + " can be read by everybody",
          "chmod o-r " + file);
    }
  }

  private static boolean isReadableByAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      // It was there a moment ago; the run that reads it will tell.
      return false;
    }
  }

  private void add(
      LintRule rule,
      Severity severity,
      HookDefinition hook,
      Position at,
      String message,
      @Nullable String hint) {
    problems.add(
        new Problem(severity, hook.file(), at.line(), at.column(), message, hint)
            .withRule(rule.id()));
  }
}
