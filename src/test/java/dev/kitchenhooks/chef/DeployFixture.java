package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.CookbookFolder;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.NodeAttributes;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.LockWait;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A small kitchen, and deploys of it. Settings are changed before a deploy. */
final class DeployFixture {
  static final String NODE = "node1.farm.test";

  final KitchenBuilder kitchen;
  final List<String> output = new CopyOnWriteArrayList<>();
  List<String> command = List.of();
  Optional<Duration> timeout = Optional.empty();
  String workPath = "kitchen";
  Optional<List<String>> sudoPrefix = Optional.empty();
  Optional<Path> secret = Optional.empty();
  List<String> nodes = List.of(NODE);
  Function<String, ObjectNode> documents = fqdn -> json("{\"ipaddress\": \"10.0.0.1\", \"a\": 1}");
  boolean removeDataBags;
  boolean followSymlinks;
  Work.Converge work = Work.Converge.of(Work.Manner.USUAL);
  KitchenConfig.Chef.Program program = KitchenConfig.Chef.Program.SOLO;
  String license = "accept-no-persist";
  String log = "solo.log";
  Optional<KitchenConfig.Packages> packages = Optional.empty();
  KitchenConfig.Proxies proxies = new KitchenConfig.Proxies(Optional.empty(), Optional.empty());
  RevisionChoice choice = RevisionChoice.AS_IT_IS_HERE;
  Optional<Secret> password = Optional.empty();
  KitchenConfig.Install install =
      new KitchenConfig.Install(false, List.of(), Duration.ofMinutes(1));
  String holder = "run X of ops@desk";
  LockWait wait = LockWait.none();

  /** Told each line of output. */
  LineSink onLine = line -> {};

  /** Called between the start of the run and the first deploy. */
  Runnable beforeDeploy = () -> {};

  /** What the last deploy said of them; its result is handed out without. */
  Revisions revisions = Revisions.UNKNOWN;

  final Path memory;
  private final Path state;

  DeployFixture(Path directory) throws IOException {
    kitchen =
        KitchenBuilder.in(directory.resolve("a kitchen"))
            .cfg("[userinfo]")
            .node(NODE, "staging", "role[web]")
            .role("web", "recipe[nginx]")
            .environment("staging")
            .cookbook("nginx")
            .dataBagItem("users", "ann", "{\"id\": \"ann\"}\n")
            .script("drain", "exit 0")
            .hookDef("drain.json", "{}");
    state = Files.createDirectories(directory.resolve("state"));
    memory = Files.createDirectories(directory.resolve("memory"));
  }

  KitchenConfig.Converge settings() {
    return new KitchenConfig.Converge(
        command,
        timeout,
        workPath,
        sudoPrefix,
        secret,
        removeDataBags,
        followSymlinks,
        new KitchenConfig.Chef(program, license, log),
        packages);
  }

  static NodeFacts facts(String fqdn) {
    return new NodeFacts(
        fqdn,
        "staging",
        new TreeSet<>(List.of("web")),
        new TreeSet<>(List.of("nginx")),
        new TreeSet<>(),
        Optional.empty(),
        false,
        List.of("role[web]"));
  }

  static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.builder().build().readTree(text);
  }

  KitchenSource source() {
    return new KitchenSource(
        kitchen.directory(),
        settings(),
        install,
        proxies,
        List.of(
            new CookbookFolder("berks-cookbooks", kitchen.directory().resolve("berks-cookbooks")),
            new CookbookFolder("cookbooks", kitchen.directory().resolve("cookbooks")),
            new CookbookFolder("site-cookbooks", kitchen.directory().resolve("site-cookbooks"))),
        () -> nodes.stream().map(n -> facts(n)).toList(),
        documents,
        (_, document) -> new NodeAttributes(json("{}"), NodeAttributes.own(document), json("{}")));
  }

  DeployResult deploy(NodeConnector to) throws IOException, UnreachableException {
    return deploy(to, NODE, new StopRequest());
  }

  DeployResult deploy(NodeConnector to, String fqdn, StopRequest stop)
      throws IOException, UnreachableException {
    LineSink sink =
        line -> {
          output.add(line);
          onLine.line(line);
        };
    var node = new PlannedNode(facts(fqdn), List.of(), List.of());
    try (var deployer = deployer(to);
        Deployer.Target target = deployer.open(node, stop)) {
      beforeDeploy.run();
      DeployResult result = target.deploy(sink, stop);
      revisions = result.revisions();
      return result.with(Revisions.UNKNOWN);
    }
  }

  private ChefDeployer deployer(NodeConnector to) {
    return new ChefDeployer(
        source(),
        new Access(password, to, holder, wait),
        work,
        _ -> choice,
        new ChefDeployer.Places(state, memory),
        ChefDeployer.Look.WHEN_NEEDED);
  }

  /** What is left in the directory for temporary files. */
  List<Path> leftInState() throws IOException {
    try (var files = Files.list(state)) {
      return files.toList();
    }
  }
}
