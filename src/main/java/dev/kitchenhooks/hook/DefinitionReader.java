package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.JsonSchema;
import dev.kitchenhooks.schema.Report;
import dev.kitchenhooks.schema.SchemaFaults;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads one definition: the schema's faults first, then what no schema can see. */
final class DefinitionReader {
  /** A hook that takes longer is no hook; a limit that is out by a unit shows here. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private final JsonSchema schema;
  private final Path hooksDir;
  private final PluginPins pins;
  private final KitchenConfig.Hooks config;

  DefinitionReader(JsonSchema schema, Path hooksDir, PluginPins pins, KitchenConfig.Hooks config) {
    this.schema = schema;
    this.hooksDir = hooksDir;
    this.pins = pins;
    this.config = config;
  }

  /**
   * The definition, to be used only if no error was added to {@code problems}: what is wrong in the
   * document is read as its default.
   */
  HookDefinition read(JsonDocument document, Problems problems) {
    var report = new Report(document, problems);
    SchemaFaults.report(schema, new DefinitionWording(), document, report);
    return new Reading(document, report).definition();
  }

  /**
   * One pass over one document. A value of the wrong kind has been reported by the schema: it is
   * read as its default here, so that the rest is checked too.
   */
  private final class Reading {
    private final JsonDocument document;
    private final Report report;

    Reading(JsonDocument document, Report report) {
      this.document = document;
      this.report = report;
    }

    HookDefinition definition() {
      List<HookType> types = new TypesReader(document, report, config.phases()).read();
      String exec = text("/exec");
      Place place = new PlaceReader(document, report).read(types);
      Optional<Plugin> plugin = new PluginReader(document, report).read().map(this::pinned);
      return new HookDefinition(
          name(),
          text("/description"),
          types,
          document.file(),
          exec,
          executable(exec, place, plugin),
          texts("/args"),
          place,
          plugin,
          new FiltersReader(document, report).read(),
          flag("/enabled", true),
          tags(),
          weight(),
          flag("/concurrent", false),
          duration("/timeout", config.timeout()),
          duration("/kill_after", config.killAfter()),
          runCondition(types),
          flag("/required", true),
          retries(),
          environment(),
          text("/output").equals("quiet") ? OutputMode.QUIET : OutputMode.LIVE,
          flag("/why_run", false));
    }

    private String name() {
      String name = text("/name");
      if (HookType.parse(name).isPresent() || name.startsWith("tag:")) {
        report.error(
            "/name",
            "%s cannot be a name: --skip-hooks could not tell it from a %s"
                .formatted(JsonText.quoted(name), name.startsWith("tag:") ? "tag" : "type"),
            null);
      }
      return name;
    }

    private Plugin pinned(PluginSource source) {
      return pins.find(source, text("/name"), flag("/enabled", true), report);
    }

    private Path executable(String exec, Place place, Optional<Plugin> plugin) {
      Path base = plugin.map(Plugin::base).orElse(hooksDir);
      try {
        Path path = Path.of(exec);
        if (path.isAbsolute()) {
          if (plugin.isPresent() && !(place instanceof Place.InContainer)) {
            report.error(
                "/exec",
                "%s is absolute, and the program comes from a plugin"
                    .formatted(JsonText.quoted(exec)),
                "make it relative to the plugin's path");
          }
          return path;
        }
        Path inBase = base.resolve(path).normalize();
        if (!exec.isEmpty() && (!inBase.startsWith(base) || inBase.equals(base))) {
          report.error(
              "/exec",
              "%s is not inside %s"
                  .formatted(
                      JsonText.quoted(exec), plugin.isPresent() ? "the plugin's path" : "hooks/"),
              plugin.isPresent() ? null : "a program elsewhere is given by its absolute path");
        }
        return inBase;
      } catch (InvalidPathException e) {
        // The schema has spoken of NUL; what is left are characters the file system cannot write.
        if (exec.indexOf('\0') < 0) {
          report.error("/exec", JsonText.quoted(exec) + " cannot be a file's name", null);
        }
        return base;
      }
    }

    private SortedSet<String> tags() {
      return Collections.unmodifiableSortedSet(new TreeSet<>(texts("/tags")));
    }

    private int weight() {
      JsonNode weight = document.at("/weight");
      // 10.0 is a whole number too, as JSON Schema has it.
      return weight.isNumber() && weight.canConvertToInt() ? weight.decimalValue().intValue() : 0;
    }

    private Duration duration(String pointer, Duration byDefault) {
      Optional<Duration> read = Durations.parse(text(pointer));
      if (read.isPresent() && read.get().isZero()) {
        report.error(pointer, JsonText.place(document, pointer) + " must be more than zero", null);
      } else if (read.isPresent() && read.get().compareTo(LONGEST) > 0) {
        report.error(
            pointer,
            "%s must be at most %s, not %s"
                .formatted(
                    JsonText.place(document, pointer),
                    Durations.format(LONGEST),
                    JsonText.value(document.at(pointer))),
            null);
      }
      return read.orElse(byDefault);
    }

    private RunCondition runCondition(List<HookType> types) {
      String word = text("/run_condition");
      boolean anyPost =
          types.stream().anyMatch(t -> t.scope() != Scope.USER && t.moment() == Moment.POST);
      if (!types.isEmpty() && !anyPost && !document.at("/run_condition").isMissingNode()) {
        report.errorAtKey(
            "/run_condition",
            "\"run_condition\" is for post hooks, and \"%s\" is none".formatted(types.getFirst()),
            null);
      }
      return switch (word) {
        case "pass", "fail", "always" -> RunCondition.valueOf(word.toUpperCase(Locale.ROOT));
        default -> RunCondition.FINISHED;
      };
    }

    private Retries retries() {
      JsonNode attempts = document.at("/retries/attempts");
      return new Retries(
          attempts.isNumber() && attempts.canConvertToInt()
              ? attempts.decimalValue().intValue()
              : 1,
          duration("/retries/delay", Retries.NONE.delay()),
          duration("/retries/within", Retries.NONE.within()));
    }

    private Map<String, Variable> environment() {
      var variables = new LinkedHashMap<String, Variable>();
      document
          .at("/environment")
          .forEachEntry((name, value) -> variables.put(name, variable(name, value)));
      return Collections.unmodifiableMap(variables);
    }

    private Variable variable(String name, JsonNode value) {
      if (value.isNull()) {
        return Variable.PASSED_THROUGH;
      }
      if (!value.isObject()) {
        return new Variable.Literal(value.stringValue(""));
      }
      JsonNode file = value.path("from_file");
      JsonNode env = value.path("from_env");
      if (file.isMissingNode() == env.isMissingNode()) {
        String pointer = JsonDocument.child("/environment", name);
        report.error(
            pointer,
            JsonText.place(document, pointer) + " must have one of \"from_file\" and \"from_env\"",
            null);
      }
      return env.isMissingNode()
          ? new Variable.FromFile(file.stringValue(""))
          : new Variable.FromEnv(env.stringValue(""));
    }

    private boolean flag(String pointer, boolean byDefault) {
      return document.at(pointer).booleanValue(byDefault);
    }

    private String text(String pointer) {
      return document.at(pointer).stringValue("");
    }

    private List<String> texts(String pointer) {
      var texts = new ArrayList<String>();
      JsonNode list = document.at(pointer);
      if (list.isArray()) {
        list.forEach(item -> texts.add(item.stringValue("")));
      }
      return List.copyOf(texts);
    }
  }
}
