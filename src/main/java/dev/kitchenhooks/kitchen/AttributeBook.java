package dev.kitchenhooks.kitchen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What nodes get from their cookbooks, roles and environments. A fleet has few run lists: each is
 * looked up once. Thread-safe.
 */
final class AttributeBook {
  private record Question(String environment, List<String> runList) {}

  private record Levels(ObjectNode defaults, ObjectNode overrides) {}

  private final RoleBook roles;
  private final RoleExpander expander;
  private final Environments environments;
  private final Cookbooks cookbooks;
  private final Map<Question, Levels> known = new ConcurrentHashMap<>();

  AttributeBook(
      RoleBook roles, RoleExpander expander, Environments environments, Cookbooks cookbooks) {
    this.roles = roles;
    this.expander = expander;
    this.environments = environments;
    this.cookbooks = cookbooks;
  }

  /**
   * The attributes of a node.
   *
   * @param own those of its file
   */
  NodeAttributes of(String environment, List<String> runList, ObjectNode own) {
    Levels levels = known.computeIfAbsent(new Question(environment, runList), this::levels);
    return new NodeAttributes(levels.defaults, own, levels.overrides);
  }

  private Levels levels(Question question) {
    List<RunListEntry> entries =
        question.runList.stream().flatMap(text -> RunListEntry.parse(text).stream()).toList();
    Expansion expansion = expander.expand(question.environment, entries);
    List<ObjectNode> defaults = ofCookbooks(expansion.recipesInOrder());
    defaults.addAll(ofRoles(expansion, RoleFile::defaults));
    List<ObjectNode> overrides = new ArrayList<>(ofRoles(expansion, RoleFile::overrides));
    if (environments.exists(question.environment)) {
      defaults.add(environments.find(question.environment).defaults());
      overrides.add(environments.find(question.environment).overrides());
    }
    return new Levels(AttributeMerge.withinLevel(defaults), AttributeMerge.withinLevel(overrides));
  }

  private List<ObjectNode> ofRoles(Expansion expansion, Function<RoleFile, ObjectNode> attributes) {
    return expansion.rolesInOrder().stream()
        .flatMap(role -> roles.find(role).stream())
        .map(attributes)
        .toList();
  }

  /** As Chef loads them: the cookbooks that one depends on come before it. */
  private List<ObjectNode> ofCookbooks(List<String> recipes) {
    var order = new LinkedHashSet<String>();
    for (String recipe : recipes) {
      cookbooks.addWithDependencies(Cookbooks.ofRecipe(recipe), order);
    }
    var defaults = new ArrayList<ObjectNode>();
    order.forEach(name -> cookbooks.find(name).ifPresent(c -> defaults.add(c.defaults())));
    return defaults;
  }
}
