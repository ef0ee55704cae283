package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The kitchen's roles, each read once, when first asked for. Thread-safe. */
final class RoleBook {
  private static final String RUN_LIST = "/run_list";
  private static final String ENV_RUN_LISTS = "/env_run_lists";

  private final Path kitchen;
  private final KitchenNames names;
  private final Map<String, Optional<RoleFile>> read = new ConcurrentHashMap<>();
  private final Map<String, Optional<String>> hints = new ConcurrentHashMap<>();

  RoleBook(Path kitchen, KitchenNames names) {
    this.kitchen = kitchen;
    this.names = names;
  }

  /** A role; empty where the kitchen has none of that name. */
  Optional<RoleFile> find(String name) {
    return read.computeIfAbsent(name, this::read);
  }

  /** What to say of a role that does not exist. */
  String missing(String name) {
    return "role %s does not exist".formatted(JsonText.quoted(name));
  }

  /** What was meant by a role that does not exist. */
  Optional<String> hint(String name) {
    return hints.computeIfAbsent(
        name,
        wrong -> {
          // Chef finds a role by its file's name alone; here as in LittleChef its folder counts.
          Optional<String> inFolder =
              names.roles().stream().filter(role -> role.endsWith("/" + wrong)).findFirst();
          return inFolder
              .or(() -> Nearest.to(wrong, names.roles()))
              .map(near -> "did you mean \"%s\"?".formatted(near));
        });
  }

  private Optional<RoleFile> read(String name) {
    if (names.jsonRoles().contains(name)) {
      return Optional.of(readJson(name));
    }
    return names.rubyRoles().contains(name) ? Optional.of(ruby(name)) : Optional.empty();
  }

  private static RoleFile ruby(String name) {
    String file = "roles/" + name + ".rb";
    Problem unread =
        Problem.warning(
                file,
                0,
                0,
                "a role in Ruby is not read: orders and filters do not see what it contains")
            .withHint("write it as JSON, roles/" + name + ".json");
    return RoleFile.unread(file, List.of(unread));
  }

  private RoleFile readJson(String name) {
    String file = "roles/" + name + ".json";
    var problems = new Problems();
    JsonDocument document = JsonDocument.read(kitchen.resolve(file), file, problems);
    if (document == null) {
      return RoleFile.unread(file, problems.sorted());
    }
    var fields = new Fields(document, problems);
    var lists = new HashMap<String, List<RoleFile.Item>>();
    if (fields.isObject("")) {
      // The name is the path below roles/; the member may say that, or the last part of it.
      fields.checkName("role", List.of(name, name.substring(name.lastIndexOf('/') + 1)));
      lists.put(KitchenNames.DEFAULT_ENVIRONMENT, items(fields, RUN_LIST));
      if (fields.isObject(ENV_RUN_LISTS)) {
        JsonNode own = document.at(ENV_RUN_LISTS);
        for (String environment : own.propertyNames()) {
          lists.put(environment, items(fields, JsonDocument.child(ENV_RUN_LISTS, environment)));
        }
      }
    }
    return new RoleFile(
        file,
        fields.string("/description"),
        lists,
        fields.object("/default_attributes"),
        fields.object("/override_attributes"),
        problems.sorted());
  }

  private static List<RoleFile.Item> items(Fields fields, String pointer) {
    var items = new ArrayList<RoleFile.Item>();
    for (RunListEntry entry : fields.runList(pointer)) {
      items.add(new RoleFile.Item(entry, fields.place(fields.pointerOf(entry, pointer))));
    }
    return items;
  }
}
