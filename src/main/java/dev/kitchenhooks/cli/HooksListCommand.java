package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Table;
import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Plugin;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.ExitCode;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code fix hooks list}. */
final class HooksListCommand implements Callable<Integer> {
  private static final Comparator<HookDefinition> IN_ORDER =
      Comparator.comparing((HookDefinition h) -> h.types().getFirst().scope())
          .thenComparing(h -> h.types().getFirst().phase())
          .thenComparing(h -> h.types().getFirst().moment())
          .thenComparingInt(HookDefinition::weight)
          .thenComparing(HookDefinition::name);

  private final Shell shell;

  HooksListCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(this, "list", "Lists the hooks in the order in which they run.")
        .sorted()
        .help()
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks list");
    Kitchen kitchen = shell.openKitchen();
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    shell.warn(loaded.problems());
    List<HookDefinition> hooks = loaded.hooks().stream().sorted(IN_ORDER).toList();
    if (shell.globals().json()) {
      hooks.forEach(h -> shell.around().out().println(json(h)));
    } else if (hooks.isEmpty()) {
      shell.around().err().println("No hooks: there is no valid definition in hook-defs/.");
    } else {
      table(hooks, shell.around().out());
    }
    boolean broken = loaded.problems().stream().anyMatch(p -> p.isError());
    return (broken ? ExitCode.INVALID : ExitCode.OK).code();
  }

  private static void table(List<HookDefinition> hooks, PrintStream out) {
    var table =
        new Table(
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.LEFT,
            Table.Align.LEFT);
    row(table, "NAME", "TYPE", "WEIGHT", "ON", "FOR");
    for (HookDefinition hook : hooks) {
      row(
          table,
          hook.name(),
          types(hook),
          String.valueOf(hook.weight()),
          hook.enabled() ? "yes" : "no",
          filters(hook));
    }
    List<String> lines = table.lines();
    String underTypes = " ".repeat(lines.getFirst().indexOf("TYPE"));
    out.println(lines.getFirst());
    for (int i = 0; i < hooks.size(); i++) {
      out.println(lines.get(i + 1));
      String description = hooks.get(i).description();
      if (!description.isEmpty()) {
        out.println(underTypes + PlainText.of(description));
      }
      hooks.get(i).plugin().ifPresent(p -> out.println(underTypes + PlainText.of(origin(p))));
    }
  }

  /** Where a hook comes from; a branch moves with each update, a tag should not. */
  private static String origin(Plugin plugin) {
    return "from %s%s%s"
        .formatted(
            plugin.source().shown(),
            plugin
                .pin()
                .map(pin -> " (%s) at %s".formatted(pin.kind().word(), pin.shortCommit()))
                .orElse(", not pinned"),
            plugin.pin().isPresent() && !plugin.isFetched() ? ", not fetched yet" : "");
  }

  private static void row(Table table, String... texts) {
    table.row(Stream.of(texts).map(PlainText::of).map(Table.Cell::of).toArray(Table.Cell[]::new));
  }

  private static String types(HookDefinition hook) {
    return hook.types().stream().map(HookType::id).collect(Collectors.joining(","));
  }

  private static String filters(HookDefinition hook) {
    return hook.filters().values().isEmpty()
        ? "all"
        : hook.filters().values().entrySet().stream()
            .map(e -> e.getKey().key() + "=" + String.join(",", e.getValue()))
            .collect(Collectors.joining(" "));
  }

  private static String json(HookDefinition hook) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("name", hook.name());
    node.put("description", hook.description());
    ArrayNode types = node.putArray("types");
    hook.types().forEach(t -> types.add(t.id()));
    node.put("enabled", hook.enabled());
    node.put("weight", hook.weight());
    node.put("required", hook.required());
    node.put("file", hook.file());
    node.put("executable", hook.executable().toString());
    hook.plugin().ifPresent(plugin -> plugin(plugin, node.putObject("plugin")));
    ObjectNode filters = node.putObject("filters");
    hook.filters()
        .values()
        .forEach((key, values) -> {
          ArrayNode array = filters.putArray(key.key());
          values.forEach(array::add);
        });
    ArrayNode tags = node.putArray("tags");
    hook.tags().forEach(tags::add);
    return node.toString();
  }

  private static void plugin(Plugin plugin, ObjectNode node) {
    node.put("repo", plugin.source().repo());
    node.put("ref", plugin.source().ref());
    node.put("path", plugin.source().path());
    plugin
        .pin()
        .ifPresent(pin -> {
          node.put("kind", pin.kind().word());
          node.put("commit", pin.commit());
        });
    node.put("fetched", plugin.isFetched());
  }
}
