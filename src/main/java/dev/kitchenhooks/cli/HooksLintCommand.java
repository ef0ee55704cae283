package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Count;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookLint;
import dev.kitchenhooks.hook.KitchenNames;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code fix hooks lint}. */
@Command(
    name = "lint",
    header = "Checks all definitions and their programs: every error of every file at once.",
    description = {
      "",
      "Exits 2 if there is an error; a run would not start. Warnings are what will surprise: filters",
      "that can match nothing, names that the kitchen does not have."
    },
    optionListHeading = "%nOptions:%n")
final class HooksLintCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final Help help = new Help();

  @Option(names = "--strict", description = "Warnings are errors.")
  boolean strict;

  HooksLintCommand(Shell shell) {
    this.shell = shell;
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
    found.addAll(PluginCheck.problems(loaded));
    List<Problem> problems = found.sorted();
    problems.forEach(this::print);
    long errors = problems.stream().filter(Problem::isError).count();
    long warnings = problems.size() - errors;
    if (!shell.globals().json()) {
      shell
          .around()
          .err()
          .println(
              "%s, %s, %s"
                  .formatted(
                      Count.of(valid(loaded, problems), "valid hook"),
                      Count.of(errors, "error"),
                      Count.of(warnings, "warning")));
    }
    boolean bad = errors > 0 || (strict && warnings > 0);
    return (bad ? ExitCode.INVALID : ExitCode.OK).code();
  }

  /** A definition may be right and its program not. */
  private static long valid(Loaded loaded, List<Problem> problems) {
    return loaded.hooks().stream()
        .filter(h -> problems.stream().noneMatch(p -> p.isError() && h.file().equals(p.file())))
        .count();
  }

  private void print(Problem problem) {
    if (!shell.globals().json()) {
      shell.around().out().println(problem.format());
      return;
    }
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("severity", problem.isError() ? "error" : "warning");
    node.put("file", problem.file());
    node.put("line", problem.line());
    node.put("column", problem.column());
    node.put("message", problem.message());
    node.put("hint", problem.hint());
    shell.around().out().println(node);
  }
}
