package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.HookLaunch.CallFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the files that hooks read: {@code FIX_NODES_FILE} once a run, {@code FIX_CONTEXT} for each
 * call. What does not change about a node is turned into JSON once, since a big run writes it
 * thousands of times.
 */
final class ContextFiles {
  /** Raised when a key changes its meaning; keys may be added without. */
  private static final int VERSION = 1;

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final RunFacts run;
  private final RunPlan plan;
  private final BiPredicate<HookDefinition, NodeFacts> matches;
  private final List<String> nodeJson;
  private final AtomicReferenceArray<@Nullable Outcome> outcomes;
  private final Map<String, BitSet> matched = new ConcurrentHashMap<>();

  ContextFiles(RunFacts run, RunPlan plan, BiPredicate<HookDefinition, NodeFacts> matches) {
    this.run = run;
    this.plan = plan;
    this.matches = matches;
    this.nodeJson = plan.nodes().stream().map(n -> json(n.facts())).toList();
    this.outcomes = new AtomicReferenceArray<>(plan.nodes().size());
  }

  Path nodesFile() {
    return run.directory().resolve("nodes");
  }

  void writeNodesFile() {
    var text = new StringBuilder();
    plan.fqdns().forEach(fqdn -> text.append(fqdn).append('\n'));
    try (BufferedWriter out = create(nodesFile())) {
      out.append(text);
    } catch (IOException e) {
      throw FixException.invalid(
              "%s cannot be written: %s".formatted(nodesFile(), e.getMessage()),
              "make room on the disk of the kitchen; nothing has run")
          .causedBy(e);
    }
  }

  /** Takes the file away again, and the run's directory with it if nothing else is there. */
  void deleteNodesFile() {
    try {
      Files.deleteIfExists(nodesFile());
      Files.deleteIfExists(run.directory());
    } catch (DirectoryNotEmptyException e) {
      // Something of the run is worth keeping.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on contexts say this of the node. */
  void setOutcome(int node, Outcome outcome) {
    outcomes.set(node, outcome);
  }

  /** Writes the files of one call; the caller deletes them after it. */
  CallFiles write(
      int number, PlannedHook hook, Optional<PlannedNode> node, OptionalInt rc, String reason)
      throws IOException {
    Path directory = run.directory().resolve("call-" + number);
    var files =
        new CallFiles(
            directory, directory.resolve("context.json"), directory.resolve("output"), nodesFile());
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      writeContext(files.context(), hook, node, rc, reason);
      create(files.output()).close();
    } catch (IOException e) {
      delete(files);
      throw e;
    }
    return files;
  }

  private void writeContext(
      Path file, PlannedHook hook, Optional<PlannedNode> node, OptionalInt rc, String reason)
      throws IOException {
    try (BufferedWriter out = create(file);
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      writeRun(json);
      writeHook(json, hook, node, rc, reason);
      json.writeName("nodes");
      json.writeStartArray();
      BitSet matching = matched.computeIfAbsent(hook.name(), _ -> matching(hook.definition()));
      for (int i = 0; i < nodeJson.size(); i++) {
        Outcome outcome = outcomes.get(i);
        json.writeRawValue(
            nodeJson.get(i)
                + (outcome == null ? "null" : '"' + outcome.word() + '"')
                + ",\"matched\":"
                + matching.get(i)
                + "}");
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  /** What cannot be deleted is left for the trimming of old runs. */
  void delete(CallFiles files) {
    try {
      Files.deleteIfExists(files.context());
      Files.deleteIfExists(files.output());
      Files.deleteIfExists(files.directory());
    } catch (IOException e) {
      files.directory().toFile().deleteOnExit();
    }
  }

  private void writeRun(JsonGenerator json) {
    json.writeName("run");
    json.writeStartObject();
    json.writeStringProperty("id", run.runId());
    json.writeStringProperty("command", plan.command());
    json.writeStringProperty("phase", plan.phase());
    json.writeStringProperty("kitchen", run.kitchen().toString());
    json.writeStringProperty("user", run.user());
    json.writeStringProperty("started", run.started().toString());
    json.writeBooleanProperty(
        "why_run", plan.work() instanceof Work.Converge(boolean whyRun) && whyRun);
    json.writeEndObject();
  }

  private static void writeHook(
      JsonGenerator json,
      PlannedHook hook,
      Optional<PlannedNode> node,
      OptionalInt rc,
      String reason) {
    json.writeName("hook");
    json.writeStartObject();
    json.writeStringProperty("name", hook.name());
    json.writeStringProperty("type", hook.type().id());
    node.ifPresent(n -> json.writeStringProperty("node", n.fqdn()));
    rc.ifPresent(code -> json.writeNumberProperty("return_code", code));
    if (!reason.isEmpty()) {
      json.writeStringProperty("reason", reason);
    }
    json.writeEndObject();
  }

  private BitSet matching(HookDefinition hook) {
    var bits = new BitSet(plan.nodes().size());
    for (int i = 0; i < plan.nodes().size(); i++) {
      bits.set(i, matches.test(hook, plan.nodes().get(i).facts()));
    }
    return bits;
  }

  /** All of a node's object but its outcome's value, whether it matched, and the closing brace. */
  private static String json(NodeFacts node) {
    var text = new java.io.StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("fqdn", node.fqdn());
      json.writeStringProperty("chef_environment", node.environment());
      writeStrings(json, "roles", node.roles());
      writeStrings(json, "recipes", node.recipes());
      writeStrings(json, "tags", node.tags());
      node.platform().ifPresent(p -> json.writeStringProperty("platform", p));
      json.writeNullProperty("outcome");
      json.writeEndObject();
    }
    String object = text.toString();
    return object.substring(0, object.length() - "null}".length());
  }

  private static void writeStrings(JsonGenerator json, String name, Iterable<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static BufferedWriter create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newBufferedWriter(
        file, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
