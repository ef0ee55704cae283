package dev.kitchenhooks.kitchen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kitchen has, for a person to look at: a broken file is a problem of what it belongs to,
 * and hides nothing else.
 */
public final class Inventory {
  private final Path kitchen;
  private final KitchenNames names;
  private final NodeLoader nodes;
  private final RoleBook roles;
  private final Environments environments;
  private final Cookbooks cookbooks;
  private final AttributeBook attributes;

  Inventory(
      Path kitchen,
      KitchenNames names,
      NodeLoader nodes,
      RoleBook roles,
      Environments environments,
      Cookbooks cookbooks,
      AttributeBook attributes) {
    this.kitchen = kitchen;
    this.names = names;
    this.nodes = nodes;
    this.roles = roles;
    this.environments = environments;
    this.cookbooks = cookbooks;
    this.attributes = attributes;
  }

  /**
   * All nodes in order, each read when it is come to.
   *
   * @param environment only those of this one, and those of which that cannot be known
   * @throws dev.kitchenhooks.problem.FixException if the environment does not exist
   */
  public Stream<ListedNode> nodes(Optional<String> environment) {
    environment.ifPresent(environments::requireExists);
    return nodes.load(names.nodes()).stream()
        .filter(node ->
            environment.isEmpty()
                || node.environment().isEmpty()
                || node.environment().equals(environment))
        .map(this::listed);
  }

  /** These nodes, in this order. */
  public Stream<ListedNode> nodes(Collection<String> fqdns) {
    return nodes.load(fqdns).stream().map(this::listed);
  }

  private ListedNode listed(LoadedNode node) {
    Optional<ObjectNode> document = nodes.readable(node.fqdn());
    String environment = node.environment().orElse(KitchenNames.DEFAULT_ENVIRONMENT);
    List<RunListEntry> runList = new ArrayList<>();
    document.ifPresent(object ->
        object
            .path("run_list")
            .forEach(
                entry -> runList.addAll(RunListEntry.parse(entry.asString("")).stream().toList())));
    return new ListedNode(
        node.fqdn(),
        environment,
        node.facts(),
        document.orElseGet(ListedNode::noDocument),
        RunListTree.draw(roles, environment, runList),
        node.problems());
  }

  /** A node's attributes, as far as they can be read. */
  public NodeAttributes attributes(ListedNode node) {
    return attributes.of(node.environment(), node.runListEntries(), node.ownAttributes());
  }

  /**
   * All roles, by name.
   *
   * @param environment only those that nodes of this one have
   * @throws dev.kitchenhooks.problem.FixException if the environment does not exist
   */
  public Stream<ListedRole> roles(Optional<String> environment) {
    return wanted(names.roles(), environment, NodeFacts::roles).map(this::role);
  }

  private ListedRole role(String name) {
    RoleFile file = roles.find(name).orElseThrow();
    SortedMap<String, List<String>> own = new TreeMap<>();
    file.runLists()
        .forEach((environment, items) -> {
          if (!environment.equals(KitchenNames.DEFAULT_ENVIRONMENT)) {
            own.put(environment, items.stream().map(item -> item.entry().text()).toList());
          }
        });
    List<RunListEntry> runList =
        file.runList(KitchenNames.DEFAULT_ENVIRONMENT).stream().map(RoleFile.Item::entry).toList();
    return new ListedRole(
        name,
        file.description(),
        RunListTree.draw(roles, KitchenNames.DEFAULT_ENVIRONMENT, runList),
        own,
        file.defaults(),
        file.overrides(),
        file.problems());
  }

  /**
   * All environments, by name.
   *
   * @param environment only this one
   * @throws dev.kitchenhooks.problem.FixException if it does not exist
   */
  public Stream<Listed> environments(Optional<String> environment) {
    environment.ifPresent(environments::requireExists);
    return environment
        .map(Stream::of)
        .orElseGet(() -> names.environments().stream())
        .map(name -> {
          Environments.Read file = environments.find(name);
          boolean own = name.equals(KitchenNames.DEFAULT_ENVIRONMENT);
          Optional<String> usual = own ? Optional.of("Of nodes that name none") : Optional.empty();
          return new Listed(name, file.description().or(() -> usual), file.problems());
        });
  }

  /**
   * All cookbooks, by name.
   *
   * @param environment only those of which nodes of this one run recipes
   * @throws dev.kitchenhooks.problem.FixException if the environment does not exist
   */
  public Stream<Cookbook> cookbooks(Optional<String> environment) {
    return wanted(
            cookbooks.all().navigableKeySet(),
            environment,
            facts -> facts.recipes().stream().map(Cookbooks::ofRecipe).toList())
        .map(name -> cookbooks.all().get(name));
  }

  /** What {@code plugin:NAME} can run, by name. */
  public List<Listed> plugins() {
    return PluginPrograms.in(kitchen);
  }

  /** Of these names, those that nodes of an environment have. */
  private Stream<String> wanted(
      NavigableSet<String> all,
      Optional<String> environment,
      Function<NodeFacts, Collection<String>> of) {
    if (environment.isEmpty()) {
      return all.stream();
    }
    var used = new TreeSet<String>();
    nodes(environment)
        .flatMap(node -> node.facts().stream())
        .forEach(facts -> used.addAll(of.apply(facts)));
    return all.stream().filter(used::contains);
  }
}
