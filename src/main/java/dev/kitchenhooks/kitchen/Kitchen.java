package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kitchen on disk. Each file is read when something of it is first asked for, and most of them
 * once, so that a broken one stops only who needs it. Thread-safe.
 */
public final class Kitchen {
  private static final List<String> OWN_COOKBOOKS = List.of("cookbooks", "site-cookbooks");

  private final Path directory;
  private final KitchenNames names;
  private final Environments environments;
  private final NodeLoader nodes;
  private final ActCheck acts;
  private final Lazy<ConfigReader.Result> config;
  private final AttributeBook attributes;
  private final RoleBook roles;
  private final Inventory inventory;

  private Kitchen(Path directory) {
    this.directory = directory;
    this.names = new KitchenNames(directory);
    this.environments = new Environments(directory, names);
    this.roles = new RoleBook(directory, names);
    var expander = new RoleExpander(roles);
    this.nodes = new NodeLoader(directory, names, environments, roles, expander);
    this.config = new Lazy<>(() -> ConfigReader.read(directory));
    var cookbooks = new Cookbooks(this::knownCookbookFolders);
    this.acts = new ActCheck(directory, roles, cookbooks, () -> config().vendoring().isPresent());
    this.attributes = new AttributeBook(roles, expander, environments, cookbooks);
    this.inventory =
        new Inventory(directory, names, nodes, roles, environments, cookbooks, attributes);
  }

  /** The kitchen in a directory, as {@link KitchenFinder} finds it; nothing is read yet. */
  public static Kitchen open(Path directory) {
    return new Kitchen(directory.toAbsolutePath().normalize());
  }

  /** Where it lies, absolute. */
  public Path directory() {
    return directory;
  }

  /** What {@code fix} itself keeps here. */
  public StateDirectory state() {
    return new StateDirectory(directory);
  }

  /**
   * The configuration, every default filled in.
   *
   * @throws FixException with every error of the file
   */
  public KitchenConfig config() {
    return config.get().config();
  }

  /**
   * What in the configuration is suspicious, but stops nothing.
   *
   * @throws FixException with every error of the file
   */
  public List<Problem> configWarnings() {
    return config.get().warnings();
  }

  /** Where the configuration says a key, as {@code littlechef.cfg:12}; empty: it does not. */
  public Optional<String> configPlace(String section, String key) {
    return ConfigReader.entry(directory, section, key)
        .map(entry -> entry.file() + ":" + entry.keyPlace().line());
  }

  /** The FQDNs of all node files, in order; the files are not read. */
  public List<String> nodeNames() {
    return names.nodes();
  }

  /** All roles, as their paths below {@code roles/}; the files are not read. */
  public NavigableSet<String> roleNames() {
    return names.roles();
  }

  /** All environments that have a file, and {@code _default}; the files are not read. */
  public NavigableSet<String> environmentNames() {
    return names.environments();
  }

  /**
   * The nodes that orders choose.
   *
   * @param environment what {@code --env} says: restricts all orders but those by name
   * @throws FixException if a node that is named, the environment, or a role or recipe that is to
   *     be applied does not exist, or with every error of every file that the orders need
   */
  public Selection select(Orders orders, Optional<String> environment) {
    return select(orders, environment, false);
  }

  /**
   * The same, and behind each host of virtual machines the nodes that are its guests.
   *
   * @param guests whether they are wanted
   */
  public Selection select(Orders orders, Optional<String> environment, boolean guests) {
    environment.ifPresent(environments::requireExists);
    orders.act().ifPresent(acts::require);
    return Selector.select(orders, environment, guests, names.nodes(), nodes::load);
  }

  /**
   * Every node whose file, roles and environment can be read, in order, dummies included: what a
   * search over the kitchen finds. What is wrong with the others is not said here.
   */
  public List<NodeFacts> soundNodes() {
    return nodes.load(names.nodes()).stream().flatMap(node -> node.facts().stream()).toList();
  }

  /** What the kitchen has, for a person to look at. */
  public Inventory inventory() {
    return inventory;
  }

  /**
   * The whole of a node's file, read anew: the caller's own copy.
   *
   * @throws FixException if there is no such node, or its file is not a JSON object
   */
  public ObjectNode nodeDocument(String fqdn) {
    if (!names.hasNode(fqdn)) {
      throw FixException.invalid(
          "node \"%s\" does not exist".formatted(fqdn), Nearest.hint(fqdn, names.nodes()));
    }
    return nodes.document(fqdn);
  }

  /**
   * A node's file as text.
   *
   * @throws IOException if it cannot be read
   */
  public String nodeText(String fqdn) throws IOException {
    return Files.readString(nodeFile(fqdn));
  }

  /** Where a node's file lies. */
  public Path nodeFile(String fqdn) {
    return directory.resolve("nodes").resolve(fqdn + ".json");
  }

  /** What would be wrong with a node whose file held this text. */
  public List<Problem> nodeErrors(String fqdn, String text) {
    return nodes.errors(fqdn, text);
  }

  /**
   * The name of the file in {@code plugins/} that {@code plugin:NAME} means: as in LittleChef, it
   * may be given without what stands behind its last dot.
   *
   * @throws FixException if there is none, or more than one
   */
  public String pluginProgram(String name) {
    return PluginPrograms.find(directory, name);
  }

  /**
   * A node's attributes with those that it gets from its cookbooks' metadata, its roles and its
   * environment; what of these cannot be read adds nothing.
   *
   * @param facts of the node: its environment and its run list, which may be one for a run only
   * @param document its file, as {@link #nodeDocument} reads it; not to be changed afterwards
   */
  public NodeAttributes attributes(NodeFacts facts, ObjectNode document) {
    return attributes.of(facts.environment(), facts.runList(), NodeAttributes.own(document));
  }

  /**
   * The applications that a node declares, by name.
   *
   * @throws FixException with all that is wrong with them
   */
  public List<Application> applications(NodeFacts facts) {
    // Most nodes have none, and their files need not be read again for that.
    if (!mayHaveApplications(facts)) {
      return List.of();
    }
    ObjectNode merged = attributes(facts, nodeDocument(facts.fqdn())).merged();
    return Applications.read(directory, facts, merged);
  }

  private boolean mayHaveApplications(NodeFacts facts) {
    Stream<ObjectNode> ofRoles =
        facts.roles().stream()
            .flatMap(role -> roles.find(role).stream())
            .flatMap(role -> Stream.of(role.defaults(), role.overrides()));
    Stream<ObjectNode> ofEnvironment =
        environments.exists(facts.environment())
            ? Stream.of(
                environments.find(facts.environment()).defaults(),
                environments.find(facts.environment()).overrides())
            : Stream.of();
    return nodes.declaresApplications(facts.fqdn())
        || Stream.concat(ofRoles, ofEnvironment).anyMatch(a -> a.has(Applications.ATTRIBUTE));
  }

  /**
   * The directories of cookbooks, whether they exist or not: of two cookbooks of one name that of
   * the later directory counts.
   *
   * @throws FixException if the configuration, which may name one, is not valid
   */
  public List<CookbookFolder> cookbookFolders() {
    var folders = new ArrayList<CookbookFolder>();
    config().vendoredCookbooks().ifPresent(folders::add);
    folders.addAll(ownCookbookFolders());
    return folders;
  }

  private List<CookbookFolder> ownCookbookFolders() {
    return OWN_COOKBOOKS.stream()
        .map(name -> new CookbookFolder(name, directory.resolve(name)))
        .toList();
  }

  /** To look at: a configuration that is not valid hides the vendored ones and nothing else. */
  private List<CookbookFolder> knownCookbookFolders() {
    try {
      return cookbookFolders();
    } catch (FixException notValid) {
      return ownCookbookFolders();
    }
  }

  /**
   * An environment's document: the caller's own copy; empty for one that has no JSON file ({@code
   * _default}, or one written in Ruby).
   *
   * @throws FixException if there is no such environment, or its file is not a JSON object
   */
  public Optional<ObjectNode> environment(String name) {
    return environments.document(name);
  }
}
