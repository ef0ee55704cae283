package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.HookLaunch;
import dev.kitchenhooks.run.HookLaunch.CallFiles;
import dev.kitchenhooks.run.RunEvent.HookRun;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.secret.Secrets;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** One hook that runs on its node; everything of it can be set before it runs. */
final class NodeHookFixture {
  static final String NODE = "node1.farm.test";

  /** Seconds that nobody else sleeps; {@code NAP} in a program. */
  static final String NAP = "9" + ProcessHandle.current().pid();

  final List<String> output = new CopyOnWriteArrayList<>();
  private final Path directory;
  private final KitchenBuilder kitchen;
  private final Map<String, String> environment = new TreeMap<>(Map.of("PATH", "/of/controller"));
  private final List<String> arguments = new ArrayList<>();
  private Map<String, String> declared = Map.of();
  private Duration timeout = Duration.ofSeconds(30);
  private Duration killAfter = Duration.ofSeconds(5);
  private Optional<Path> composeFile = Optional.empty();
  private Optional<Secret> password = Optional.empty();
  private Listening listening = Listening.USUAL;

  NodeHookFixture(Path directory) throws IOException {
    this.directory = directory;
    this.kitchen = KitchenBuilder.in(directory.resolve("kitchen")).node(NODE);
    Files.createDirectories(directory.resolve("call"));
    Files.writeString(directory.resolve("call/context.json"), "{\"context\": true}");
    Files.writeString(outputFile(), "");
    Files.writeString(nodesFile(), NODE + "\n");
    program("#!/bin/sh\n");
  }

  /** With a directory for temporary files of its own, where that is possible. */
  LocalNode node(Shell shell) throws IOException {
    return new LocalNode(directory.resolve("node"), shell);
  }

  /** From now on the node's directory for temporary files is this one. */
  void temporary(LocalNode node, Path place) throws IOException {
    node.program("sh", "#!/bin/dash\nTMPDIR=%s exec /bin/dash \"$@\"\n".formatted(place));
  }

  void program(String script) {
    program(script.replace("NAP", NAP).getBytes(StandardCharsets.UTF_8));
  }

  void program(byte[] bytes) {
    kitchen.bytes("hooks/hook", bytes).permissions("hooks/hook", "rwxr-xr-x");
  }

  void arguments(String... more) {
    arguments.addAll(List.of(more));
  }

  void variable(String name, String value) {
    environment.put(name, value);
  }

  /** Variables that the definition names. */
  void declared(Map<String, String> variables) {
    declared = variables;
    environment.putAll(variables);
  }

  void limits(Duration time, Duration grace) {
    timeout = time;
    killAfter = grace;
  }

  /** From now on it is a hook of an application, of which this is the compose file. */
  Path composeFile(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("copy.yml"), text);
    composeFile = Optional.of(file);
    return file;
  }

  void sudoPassword(String text) {
    password = Optional.of(new Secret(text));
  }

  void listening(Duration interval, Duration silence) {
    listening = new Listening(interval, silence);
  }

  Path outputFile() {
    return directory.resolve("call/output");
  }

  Path nodesFile() {
    return directory.resolve("nodes");
  }

  ProcessResult run(NodeSession session) {
    return run(session, new StopRequest());
  }

  ProcessResult run(NodeSession session, StopRequest stop) {
    return new NodeHooks(settings(), password, listening).run(launch(session), output::add, stop);
  }

  private static KitchenConfig.Converge settings() {
    return new KitchenConfig.Converge(
        List.of(),
        Optional.empty(),
        "kitchen",
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        new KitchenConfig.Chef(KitchenConfig.Chef.Program.SOLO, "accept-no-persist", ""),
        Optional.empty());
  }

  private HookLaunch launch(NodeSession session) {
    HookDefinition definition = definition();
    var argv = new ArrayList<String>();
    argv.add(definition.executable().toString());
    argv.addAll(arguments);
    Path call = directory.resolve("call");
    var run =
        new RunFacts(
            "20261122-101512-3f9a",
            kitchen.directory(),
            call,
            "ops",
            Instant.EPOCH,
            Map.of(),
            Secrets.NONE);
    HookType type = definition.types().getFirst();
    return new HookLaunch(
        run,
        new HookRun(1, new PlannedHook(definition, type), Optional.of(NODE), 1),
        argv,
        environment,
        new CallFiles(call, call.resolve("context.json"), outputFile(), nodesFile(), composeFile),
        Optional.of(session));
  }

  private HookDefinition definition() {
    kitchen.hookDef(
        "hook.json",
        """
        {"name": "hook", "type": "node_predeployhook", "exec": "hook", "where": "node",
         "timeout": "%dms", "kill_after": "%dms", "environment": %s}
        """
            .formatted(
                timeout.toMillis(),
                killAfter.toMillis(),
                JsonMapper.shared().writeValueAsString(declared)));
    var config = dev.kitchenhooks.kitchen.Kitchen.open(kitchen.directory()).config().hooks();
    return HookDefinitions.load(kitchen.directory(), config).hooks().getFirst();
  }

  /** No directory of a hook, and no process of its own. */
  void assertNothingIsLeft(LocalNode node) throws IOException {
    assertNoDirectoryIsLeft(node.home);
    assertThat(running("sleep " + NAP)).isEmpty();
  }

  /** In all places where one could be: others may be at work there, each with a process. */
  static void assertNoDirectoryIsLeft(Path home) throws IOException {
    for (Path place : List.of(Path.of("/tmp"), Path.of("/var/tmp"), home)) {
      try (Stream<Path> files = Files.list(place)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .filteredOn(name -> name.startsWith("fix-hook."))
            .filteredOn(name -> !isAlive(name))
            .isEmpty();
      }
    }
  }

  private static boolean isAlive(String directory) {
    long pid = Long.parseLong(directory.split("\\.", -1)[1]);
    return ProcessHandle.of(pid).isPresent();
  }

  /** Command lines of running processes that have this in them. */
  static List<String> running(String words) {
    return ProcessHandle.allProcesses()
        .map(handle -> handle.info().commandLine().orElse(""))
        .filter(line -> line.contains(words))
        .toList();
  }

  static String umask() throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "umask").start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
