package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.PluginLock;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A kitchen with one node, whose hooks come from plugins. */
final class PluginKitchen {
  private final KitchenBuilder kitchen;
  private final Map<String, String> environment = new TreeMap<>();

  private PluginKitchen(KitchenBuilder kitchen) {
    this.kitchen = kitchen;
  }

  static PluginKitchen in(Path directory) {
    return new PluginKitchen(KitchenBuilder.in(directory).node("a.example.com"));
  }

  /** A pre hook of every node whose program {@code drain} lies at the top of a repository. */
  PluginKitchen hook(String name, String repo, String ref) {
    return hook(name, repo, ref, ".", "drain");
  }

  PluginKitchen hook(String name, String repo, String ref, String path, String exec) {
    kitchen.hookDef(
        name + ".json",
        """
        {
          "name": "%s", "type": "node_predeployhook", "exec": "%s",
          "plugin": { "repo": "%s", "ref": "%s", "path": "%s" }
        }
        """
            .formatted(name, exec, repo, ref, path));
    return this;
  }

  PluginKitchen with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  KitchenBuilder builder() {
    return kitchen;
  }

  Path directory() {
    return kitchen.directory();
  }

  FixResult fix(String... words) {
    FixCommand command = FixCommand.in(kitchen);
    environment.forEach(command::with);
    return command.run(words);
  }

  /** What {@code fix hooks update} says of each ref; its exit code must be this. */
  List<JsonNode> update(int exit, String... words) {
    FixResult result =
        fix(
            Stream.concat(Stream.of("hooks", "update", "--output", "json"), Stream.of(words))
                .toArray(String[]::new));
    if (result.exit() != exit) {
      throw new AssertionError("exit " + result.exit() + ": " + result.out() + result.err());
    }
    return result.events();
  }

  /** Runs all hooks around {@code echo}. */
  FixResult run() {
    return fix("wrap", "node:all", "--yes", "--", "echo", "{node}");
  }

  JsonNode lock() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(lockFile()));
  }

  Path lockFile() {
    return directory().resolve(PluginLock.FILE);
  }

  /** The names of the directories that lie there. */
  List<String> checkouts() throws IOException {
    try (Stream<Path> all = Files.list(directory().resolve(".fix/plugins"))) {
      return all.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  /** The only directory that lies there. */
  Path checkout() throws IOException {
    List<String> names = checkouts();
    if (names.size() != 1) {
      throw new AssertionError(names);
    }
    return directory().resolve(".fix/plugins").resolve(names.getFirst());
  }
}
