package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.run.HookLaunch.CallFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the files that hooks read: {@code FIX_NODES_FILE} once a run, {@code FIX_CONTEXT} for each
 * call.
 */
final class ContextFiles {
  /** Raised when a key changes its meaning; keys may be added without. */
  private static final int VERSION = 1;

  /** How the directories of calls begin, and whatever else belongs to one. */
  static final String CALL = "call-";

  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final RunFacts run;
  private final RunPlan plan;
  private final BiPredicate<HookDefinition, NodeFacts> matches;
  private final ContextNodes nodes;
  private final Map<String, BitSet> matched = new ConcurrentHashMap<>();
  private volatile SortedMap<String, String> runValues = Collections.emptySortedMap();

  ContextFiles(RunFacts run, RunPlan plan, BiPredicate<HookDefinition, NodeFacts> matches) {
    this.run = run;
    this.plan = plan;
    this.matches = matches;
    this.nodes = new ContextNodes(plan.nodes());
  }

  /** What contexts say of the nodes. */
  ContextNodes nodes() {
    return nodes;
  }

  Path nodesFile() {
    return nodesFile(run.directory());
  }

  private static Path nodesFile(Path runDirectory) {
    return runDirectory.resolve("nodes");
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
      deleteNodesFile(run.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for any run. */
  static void deleteNodesFile(Path runDirectory) throws IOException {
    try {
      Files.deleteIfExists(nodesFile(runDirectory));
      Files.deleteIfExists(runDirectory);
    } catch (DirectoryNotEmptyException e) {
      // Something of the run is worth keeping.
      return;
    }
  }

  /** From now on contexts say that global hooks have handed this on. */
  void setRunValues(SortedMap<String, String> handedOn) {
    runValues = handedOn;
  }

  /** Writes the files of one call; the caller deletes them after it. */
  CallFiles write(int number, HookTask task) throws IOException {
    Path directory = run.directory().resolve(CALL + number);
    var files =
        new CallFiles(
            directory,
            directory.resolve("context.json"),
            directory.resolve("output"),
            nodesFile(),
            task.app().map(call -> call.target().composeFile()));
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      writeContext(files.context(), task);
      create(files.output()).close();
    } catch (IOException e) {
      delete(files);
      throw e;
    }
    return files;
  }

  private void writeContext(Path file, HookTask task) throws IOException {
    PlannedHook hook = task.hook();
    byte[] head =
        ContextJson.object(json -> {
          json.writeNumberProperty("version", VERSION);
          writeRun(json);
          writeHook(json, task);
          json.writeName("nodes");
          json.writeStartArray();
          json.writeEndArray();
        });
    BitSet matching = matched.computeIfAbsent(hook.name(), _ -> matching(hook.definition()));
    try (OutputStream out = create(file)) {
      out.write(nodes.between(Arrays.copyOf(head, head.length - END.length), matching, END));
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
    json.writeBooleanProperty("why_run", plan.work().isWhyRun());
    plan.work().rollsBack().ifPresent(rolled -> json.writeStringProperty("rolls_back", rolled));
    ContextJson.out(json, runValues);
    json.writeEndObject();
  }

  private static void writeHook(JsonGenerator json, HookTask task) {
    json.writeName("hook");
    json.writeStartObject();
    json.writeStringProperty("name", task.hook().name());
    json.writeStringProperty("type", task.hook().type().id());
    task.node().ifPresent(n -> json.writeStringProperty("node", n.fqdn()));
    task.app().ifPresent(call -> writeApp(json, call.app().application()));
    task.returnCode().ifPresent(code -> json.writeNumberProperty("return_code", code));
    if (!task.reason().isEmpty()) {
      json.writeStringProperty("reason", task.reason());
    }
    json.writeEndObject();
  }

  private static void writeApp(JsonGenerator json, Application application) {
    json.writeName("app");
    json.writeStartObject();
    json.writeStringProperty("name", application.name());
    json.writeStringProperty("environment", application.environment());
    json.writeStringProperty("version", application.version());
    json.writeStringProperty("compose_file", application.composeFile());
    json.writeStringProperty("target_dir", application.targetDirectory());
    json.writeEndObject();
  }

  private BitSet matching(HookDefinition hook) {
    var bits = new BitSet(plan.nodes().size());
    for (int i = 0; i < plan.nodes().size(); i++) {
      bits.set(i, matches.test(hook, plan.nodes().get(i).facts()));
    }
    return bits;
  }

  private static OutputStream create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
