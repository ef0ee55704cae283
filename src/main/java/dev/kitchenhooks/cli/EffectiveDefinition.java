package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.ContainerSpec;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.PluginSource;
import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.hook.Variable;
import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.kitchen.Kitchen;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition with every default filled in, and where each value comes from. No secret is read.
 */
final class EffectiveDefinition {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Kitchen kitchen;
  private final HookDefinition hook;
  private final Loaded loaded;
  private final JsonDocument document;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /** Where a value comes from. The spelling of {@link #word} is printed; it never changes. */
  enum Source {
    DEFINITION,
    CONFIGURATION,
    DEFAULT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param at file and line; empty for a default
   */
  record Value(JsonNode value, Source from, String at) {}

  private EffectiveDefinition(
      Kitchen kitchen, HookDefinition hook, Loaded loaded, JsonDocument document) {
    this.kitchen = kitchen;
    this.hook = hook;
    this.loaded = loaded;
    this.document = document;
  }

  /** Its values by key, {@code retries.delay} for one within another; in the schema's order. */
  static Map<String, Value> of(Kitchen kitchen, HookDefinition hook, Loaded loaded) {
    JsonDocument document = loaded.documents().get(hook.name());
    if (document == null) {
      throw new IllegalArgumentException("not loaded: " + hook.name());
    }
    var definition = new EffectiveDefinition(kitchen, hook, loaded, document);
    definition.collect();
    return definition.values;
  }

  private void collect() {
    add("name", hook.name());
    add("description", hook.description());
    add("type", texts(hook.types().stream().map(HookType::id).toList()));
    add("exec", hook.exec());
    add("args", texts(hook.args()));
    add("filters", filters());
    add("enabled", JSON.booleanNode(hook.enabled()));
    add("tags", texts(hook.tags()));
    add("weight", JSON.numberNode(hook.weight()));
    add("concurrent", JSON.booleanNode(hook.concurrent()));
    addTime("timeout", Durations.format(hook.timeout()));
    addTime("kill_after", Durations.format(hook.killAfter()));
    if (hook.types().stream().anyMatch(EffectiveDefinition::isPost)) {
      boolean finished = hook.runCondition() == RunCondition.FINISHED;
      add("run_condition", finished ? JSON.nullNode() : JSON.stringNode(word(hook.runCondition())));
    }
    add("required", JSON.booleanNode(hook.required()));
    add("retries.attempts", JSON.numberNode(hook.retries().attempts()));
    add("retries.delay", Durations.format(hook.retries().delay()));
    add("retries.within", Durations.format(hook.retries().within()));
    add("environment", environment());
    add("where", hook.place() instanceof Place.Node ? "node" : "controller");
    hook.plugin().ifPresent(plugin -> plugin(plugin.source()));
    if (hook.place() instanceof Place.InContainer(ContainerSpec spec)) {
      container(spec);
    }
    add("output", hook.output() == OutputMode.QUIET ? "quiet" : "live");
    add("why_run", JSON.booleanNode(hook.whyRun()));
  }

  private static boolean isPost(HookType type) {
    return type.scope() != Scope.USER && type.moment() == Moment.POST;
  }

  private void plugin(PluginSource plugin) {
    add("plugin.repo", plugin.repo());
    add("plugin.ref", plugin.ref());
    add("plugin.path", plugin.path());
  }

  private void container(ContainerSpec spec) {
    String key = spec.source() instanceof ContainerSpec.Source.Image ? "image" : "dockerfile";
    add("container." + key, spec.source().text());
    add("container.writable", JSON.booleanNode(spec.writable()));
    add("container.user", orNull(spec.user()));
    add("container.network", orNull(spec.network()));
    add("container.memory", orNull(spec.memory()));
    add(
        "container.cpus",
        spec.cpus().isPresent() ? JSON.numberNode(spec.cpus().getAsDouble()) : JSON.nullNode());
    add(
        "container.pids",
        spec.pids().isPresent() ? JSON.numberNode(spec.pids().getAsInt()) : JSON.nullNode());
    add(
        "container.cleanup",
        texts(spec.cleanup().stream().sorted().map(EffectiveDefinition::word).toList()));
  }

  private void add(String key, String text) {
    add(key, JSON.stringNode(text));
  }

  private void add(String key, JsonNode value) {
    values.put(key, declared(key, value).orElseGet(() -> new Value(value, Source.DEFAULT, "")));
  }

  /** What the kitchen's configuration can set for all hooks. */
  private void addTime(String key, String time) {
    JsonNode value = JSON.stringNode(time);
    values.put(
        key,
        declared(key, value)
            .or(() ->
                kitchen
                    .configPlace("hooks", key)
                    .map(at -> new Value(value, Source.CONFIGURATION, at)))
            .orElseGet(() -> new Value(value, Source.DEFAULT, "")));
  }

  private Optional<Value> declared(String key, JsonNode value) {
    String pointer = "/" + key.replace('.', '/');
    if (document.at(pointer).isMissingNode()) {
      return Optional.empty();
    }
    Position at = loaded.valueAt(hook, pointer);
    return Optional.of(new Value(value, Source.DEFINITION, hook.file() + ":" + at.line()));
  }

  private JsonNode filters() {
    ObjectNode filters = JsonMapper.shared().createObjectNode();
    hook.filters().values().forEach((key, patterns) -> filters.set(key.key(), texts(patterns)));
    return filters;
  }

  /** As declared: where a secret comes from, never what it is. */
  private JsonNode environment() {
    ObjectNode environment = JsonMapper.shared().createObjectNode();
    hook.environment()
        .forEach((name, variable) -> {
          switch (variable) {
            case Variable.Literal(String text) -> environment.put(name, text);
            case Variable.PassedThrough() -> environment.putNull(name);
            case Variable.FromFile(String path) ->
                environment.putObject(name).put("from_file", path);
            case Variable.FromEnv(String from) -> environment.putObject(name).put("from_env", from);
          }
        });
    return environment;
  }

  private static JsonNode orNull(Optional<String> text) {
    return text.<JsonNode>map(JSON::stringNode).orElseGet(JSON::nullNode);
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
