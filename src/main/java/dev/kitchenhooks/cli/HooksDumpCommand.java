package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Table;
import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code fix hooks dump}. */
final class HooksDumpCommand implements Callable<Integer> {
  private final Shell shell;
  private @Nullable String name;

  HooksDumpCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "dump",
            "Shows definitions with every default filled in, and where each value comes from.")
        .sorted()
        .help()
        .optionalArgument("NAME", "Only this hook. Default: all.", v -> name = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks dump");
    Kitchen kitchen = shell.openKitchen();
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    shell.warn(loaded.problems());
    boolean first = true;
    for (HookDefinition hook : wanted(loaded)) {
      Map<String, EffectiveDefinition.Value> values = EffectiveDefinition.of(kitchen, hook, loaded);
      if (shell.globals().json()) {
        shell.around().out().println(json(hook, values));
      } else {
        if (!first) {
          shell.around().out().println();
        }
        table(values).lines().forEach(shell.around().out()::println);
      }
      first = false;
    }
    boolean broken = loaded.problems().stream().anyMatch(Problem::isError);
    return (broken ? ExitCode.INVALID : ExitCode.OK).code();
  }

  private List<HookDefinition> wanted(Loaded loaded) {
    if (name == null) {
      return loaded.hooks();
    }
    List<HookDefinition> named =
        loaded.hooks().stream().filter(h -> h.name().equals(name)).toList();
    if (named.isEmpty()) {
      String near = Nearest.hint(name, loaded.hooks().stream().map(HookDefinition::name).toList());
      throw FixException.invalid(
          "there is no valid hook \"%s\"".formatted(name),
          near == null ? "fix hooks list shows them" : near);
    }
    return named;
  }

  private static Table table(Map<String, EffectiveDefinition.Value> values) {
    var table = new Table(Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT);
    values.forEach((key, value) ->
        table.row(
            Table.Cell.of(key),
            Table.Cell.of(PlainText.of(value.value().toString())),
            Table.Cell.of(value.at().isEmpty() ? value.from().word() : PlainText.of(value.at()))));
    return table;
  }

  private static String json(HookDefinition hook, Map<String, EffectiveDefinition.Value> values) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("name", hook.name());
    node.put("file", hook.file());
    node.put("executable", hook.executable().toString());
    ObjectNode all = node.putObject("values");
    values.forEach((key, value) -> {
      ObjectNode each = all.putObject(key);
      each.set("value", value.value());
      each.put("from", value.from().word());
      if (!value.at().isEmpty()) {
        each.put("at", value.at());
      }
    });
    return node.toString();
  }
}
