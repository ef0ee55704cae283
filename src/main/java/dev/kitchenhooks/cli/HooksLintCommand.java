package dev.kitchenhooks.cli;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.console.Count;
import dev.kitchenhooks.console.SarifReport;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookLint;
import dev.kitchenhooks.hook.KitchenNames;
import dev.kitchenhooks.hook.LintRule;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problem.Severity;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.secret.SecretLint;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code fix hooks lint}. */
final class HooksLintCommand implements Callable<Integer> {
  private final Shell shell;

  private boolean strict;
  private @Nullable Format format;

  enum Format {
    text,
    json,
    sarif
  }

  HooksLintCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "lint",
            "Checks all definitions and their programs: every error of every file at once.")
        .description(
            "",
            "Exits 2 if there is an error; a run would not start. Warnings are what will surprise: filters",
            "that can match nothing, names that the kitchen does not have. Notes are worth knowing.")
        .sorted()
        .help()
        .flag("--strict", "Warnings are errors.", v -> strict = v)
        .choice(
            "--format FORMAT",
            "text, json (one problem a line), or sarif (2.1.0, for code reviews).",
            Format.values(),
            v -> format = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks lint");
    Kitchen kitchen = shell.openKitchen();
    KitchenConfig.Hooks config = kitchen.config().hooks();
    Loaded loaded = HookDefinitions.load(kitchen.directory(), config);
    var names =
        new KitchenNames(kitchen.roleNames(), kitchen.environmentNames(), kitchen.soundNodes());
    var found = new Problems();
    found.addAll(HookLint.lint(kitchen.directory(), loaded, names, config));
    found.addAll(ContainerCheck.problems(shell, kitchen, loaded));
    PluginCheck.problems(loaded).forEach(p -> found.add(p.withRule(LintRule.PLUGIN.id())));
    found.addAll(SecretLint.check(kitchen.directory(), loaded, shell.around().environment()));
    AppHooks.problems(Confs.of(kitchen.directory())).forEach(found::add);
    List<Problem> problems = found.sorted();
    PrintStream out = shell.around().out();
    switch (format()) {
      case text -> problems.forEach(p -> out.println(p.format()));
      case json -> problems.forEach(p -> out.println(json(p)));
      case sarif ->
          out.println(new SarifReport(kitchen.directory()).of(problems, Version.number()));
    }
    long errors = count(problems, Severity.ERROR);
    long warnings = count(problems, Severity.WARNING);
    if (format() == Format.text) {
      long notes = count(problems, Severity.NOTE);
      shell
          .around()
          .err()
          .println(
              "%s, %s, %s%s"
                  .formatted(
                      Count.of(valid(loaded, problems), "valid hook"),
                      Count.of(errors, "error"),
                      Count.of(warnings, "warning"),
                      notes == 0 ? "" : ", " + Count.of(notes, "note")));
    }
    boolean bad = errors > 0 || (strict && warnings > 0);
    return (bad ? ExitCode.INVALID : ExitCode.OK).code();
  }

  private Format format() {
    if (format != null) {
      return format;
    }
    return shell.globals().json() ? Format.json : Format.text;
  }

  private static long count(List<Problem> problems, Severity severity) {
    return problems.stream().filter(p -> p.severity() == severity).count();
  }

  /** A definition may be right and its program not. */
  private static long valid(Loaded loaded, List<Problem> problems) {
    return loaded.hooks().stream()
        .filter(h -> problems.stream().noneMatch(p -> p.isError() && h.file().equals(p.file())))
        .count();
  }

  private static String json(Problem problem) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("severity", problem.severity().word());
    node.put("file", problem.file());
    node.put("line", problem.line());
    node.put("column", problem.column());
    node.put("message", problem.message());
    node.put("hint", problem.hint());
    node.put("rule", LintRule.of(problem).id());
    return node.toString();
  }
}
