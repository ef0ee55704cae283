package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the kitchen has what an act names.
 *
 * @param moreToCome whether cookbooks are put into the kitchen when a run begins
 */
record ActCheck(Path kitchen, RoleBook roles, Cookbooks cookbooks, BooleanSupplier moreToCome) {

  /**
   * @throws FixException with each role, each recipe or the plugin that does not exist
   */
  void require(Act act) {
    switch (act) {
      case Act.RunList(List<String> entries) -> {
        var problems = new Problems();
        entries.stream()
            .distinct()
            .map(entry -> RunListEntry.parse(entry).orElseThrow())
            .forEach(entry -> check(entry, problems));
        Orders.throwIfAny(problems.errors());
      }
      case Act.Plugin(String name) -> PluginPrograms.find(kitchen, name);
      case Act.Ssh _, Act.DeployChef _ -> {}
    }
  }

  private void check(RunListEntry entry, Problems problems) {
    String name = entry.name();
    switch (entry.kind()) {
      case ROLE -> {
        if (roles.find(name).isEmpty()) {
          add(roles.missing(name), roles.hint(name).orElse(null), problems);
        }
      }
      case RECIPE -> {
        Optional<Cookbook> cookbook = cookbooks.find(Cookbooks.ofRecipe(name));
        boolean mayCome = cookbook.isEmpty() && moreToCome.getAsBoolean();
        if (!mayCome && cookbook.filter(c -> c.recipes().containsKey(name)).isEmpty()) {
          add(
              "recipe %s does not exist".formatted(JsonText.quoted(name)),
              Nearest.hint(name, recipes()),
              problems);
        }
      }
    }
  }

  private List<String> recipes() {
    return cookbooks.all().values().stream()
        .flatMap(cookbook -> cookbook.recipes().keySet().stream())
        .toList();
  }

  private static void add(String message, @Nullable String hint, Problems problems) {
    problems.add(new Problem(Problem.Severity.ERROR, null, 0, 0, message, hint));
  }
}
