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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
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

  private static final byte[] TRUE = ascii("true}");
  private static final byte[] FALSE = ascii("false}");

  private final RunFacts run;
  private final RunPlan plan;
  private final BiPredicate<HookDefinition, NodeFacts> matches;

  /** Of each node what does not change: its object up to the outcome's value. */
  private final List<byte[]> facts;

  /** Of each node its whole object up to the value of {@code matched}. */
  private final AtomicReferenceArray<byte[]> nodes;

  private final AtomicReferenceArray<@Nullable Outcome> outcomes;
  private final AtomicReferenceArray<SortedMap<String, String>> values;
  private final Map<String, BitSet> matched = new ConcurrentHashMap<>();
  private volatile SortedMap<String, String> runValues = Collections.emptySortedMap();

  ContextFiles(RunFacts run, RunPlan plan, BiPredicate<HookDefinition, NodeFacts> matches) {
    this.run = run;
    this.plan = plan;
    this.matches = matches;
    this.facts = plan.nodes().stream().map(n -> json(n.facts())).toList();
    int size = plan.nodes().size();
    this.nodes = new AtomicReferenceArray<>(size);
    this.outcomes = new AtomicReferenceArray<>(size);
    this.values = new AtomicReferenceArray<>(size);
    for (int i = 0; i < size; i++) {
      values.set(i, Collections.emptySortedMap());
      render(i);
    }
  }

  Path nodesFile() {
    return run.directory().resolve("nodes");
  }

  void writeNodesFile() {
    var text = new StringBuilder();
    plan.fqdns().forEach(fqdn -> text.append(fqdn).append('\n'));
    try (OutputStream out = create(nodesFile())) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
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

  /** From now on contexts say this of the node. Called by one thread. */
  void setOutcome(int node, Outcome outcome) {
    outcomes.set(node, outcome);
    render(node);
  }

  /** From now on contexts say that the node's hooks have handed this on. Called by one thread. */
  void setNodeValues(int node, SortedMap<String, String> handedOn) {
    if (!handedOn.equals(values.get(node))) {
      values.set(node, handedOn);
      render(node);
    }
  }

  /** From now on contexts say that global hooks have handed this on. */
  void setRunValues(SortedMap<String, String> handedOn) {
    runValues = handedOn;
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
    byte[] head =
        object(json -> {
          json.writeNumberProperty("version", VERSION);
          writeRun(json);
          writeHook(json, hook, node, rc, reason);
          json.writeName("nodes");
          json.writeStartArray();
          json.writeEndArray();
        });
    BitSet matching = matched.computeIfAbsent(hook.name(), _ -> matching(hook.definition()));
    int tailLength = "]}".length();
    // Taken once: other nodes go on meanwhile. Copied into one array: a fleet's file is made of
    // many
    // small pieces, for each of many calls.
    var parts = new byte[nodes.length()][];
    int length = head.length;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = nodes.get(i);
      length += parts[i].length + 1 + FALSE.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    all.put(head, 0, head.length - tailLength);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        all.put((byte) ',');
      }
      all.put(parts[i]).put(matching.get(i) ? TRUE : FALSE);
    }
    all.put(head, head.length - tailLength, tailLength);
    try (OutputStream out = create(file)) {
      out.write(all.array(), 0, all.position());
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
    writeValues(json, runValues);
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

  private static byte[] json(NodeFacts node) {
    byte[] object =
        object(json -> {
          json.writeStringProperty("fqdn", node.fqdn());
          json.writeStringProperty("chef_environment", node.environment());
          writeStrings(json, "roles", node.roles());
          writeStrings(json, "recipes", node.recipes());
          writeStrings(json, "tags", node.tags());
          node.platform().ifPresent(p -> json.writeStringProperty("platform", p));
          json.writeNullProperty("outcome");
        });
    return Arrays.copyOf(object, object.length - "null}".length());
  }

  private void render(int node) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(facts.get(node));
    Outcome outcome = outcomes.get(node);
    all.writeBytes(ascii(outcome == null ? "null," : '"' + outcome.word() + "\","));
    byte[] out = object(json -> writeValues(json, values.get(node)));
    all.write(out, 1, out.length - 2);
    all.writeBytes(ascii(",\"matched\":"));
    nodes.set(node, all.toByteArray());
  }

  private static void writeValues(JsonGenerator json, SortedMap<String, String> handedOn) {
    json.writeName("out");
    json.writeStartObject();
    handedOn.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static byte[] object(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void writeStrings(JsonGenerator json, String name, Iterable<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static OutputStream create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
