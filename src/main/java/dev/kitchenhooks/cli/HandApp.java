package dev.kitchenhooks.cli;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application that a hook is run for by hand.
 *
 * @param sample its compose file, where it is made up
 */
record HandApp(Application application, Optional<String> sample) {
  private static final String SAMPLE =
      """
      services:
        web:
          image: nginx
      """;

  /**
   * @param name which; null: the only one of the node
   * @param trial whether one is made up where the node has none
   * @throws FixException if the node does not declare it, or more than one
   */
  static HandApp of(Kitchen kitchen, NodeFacts node, @Nullable String name, boolean trial) {
    // A node of a trial may be made up too.
    List<Application> all =
        kitchen.nodeNames().contains(node.fqdn()) ? kitchen.applications(node) : List.of();
    List<Application> meant =
        all.stream().filter(app -> name == null || app.name().equals(name)).toList();
    if (meant.size() == 1) {
      return new HandApp(meant.getFirst(), Optional.empty());
    }
    if (all.isEmpty() && trial) {
      String called = name == null ? "sample" : name;
      return new HandApp(
          new Application(
              called, node.environment(), "1.0", "docker-compose.yml", "/srv/" + called),
          Optional.of(SAMPLE));
    }
    List<String> names = all.stream().map(Application::name).toList();
    if (name == null && !all.isEmpty()) {
      throw FixException.invalid(
          "%s has several applications".formatted(node.fqdn()),
          "say which: --app, one of " + String.join(", ", names));
    }
    throw FixException.invalid(
        name == null
            ? "%s declares no application".formatted(node.fqdn())
            : "%s declares no application \"%s\"".formatted(node.fqdn(), name),
        name == null ? "fix app list shows those there are" : Nearest.hint(name, names));
  }
}
