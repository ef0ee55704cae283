package dev.kitchenhooks.cli;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which applications of the selected nodes have their turn.
 *
 * @param nodes the selected nodes; where only one application is meant, those that declare it
 * @param byNode by FQDN; nodes without any are not there
 */
record AppSelection(List<NodeFacts> nodes, Map<String, List<Application>> byNode) {

  /**
   * Looks them up.
   *
   * @param selected the nodes that the orders choose
   * @throws FixException with all that is wrong with those that the run needs, or if no node of the
   *     kitchen declares the one that is meant
   */
  static AppSelection of(Kitchen kitchen, Work work, List<NodeFacts> selected) {
    return switch (work) {
      case Work.Applications(String name, var _) -> named(kitchen, name, selected);
      case Work.Converge converge when converge.deploysApplications() ->
          new AppSelection(selected, declared(kitchen, selected));
      case Work.Converge _,
          Work.Rollback _,
          Work.RemoteShell _,
          Work.NodePlugin _,
          Work.InstallChef _,
          Work.CommandPerNode _,
          Work.CommandOnce _ ->
          new AppSelection(selected, Map.of());
    };
  }

  private static AppSelection named(Kitchen kitchen, String name, List<NodeFacts> selected) {
    Map<String, List<Application>> byNode = new LinkedHashMap<>();
    declared(kitchen, selected)
        .forEach((node, apps) -> {
          List<Application> meant = apps.stream().filter(a -> a.name().equals(name)).toList();
          if (!meant.isEmpty()) {
            byNode.put(node, meant);
          }
        });
    if (byNode.isEmpty()) {
      requireKnown(kitchen, name);
    }
    return new AppSelection(
        selected.stream().filter(node -> byNode.containsKey(node.fqdn())).toList(), byNode);
  }

  /** A name that other nodes have is no mistake in writing. */
  private static void requireKnown(Kitchen kitchen, String name) {
    var known = new TreeSet<String>();
    declared(kitchen, kitchen.soundNodes())
        .values()
        .forEach(apps -> apps.forEach(app -> known.add(app.name())));
    if (!known.contains(name)) {
      String hint = Nearest.hint(name, known);
      throw FixException.invalid(
          "no node declares an application \"%s\"".formatted(name),
          hint == null ? "fix app list shows those there are" : hint);
    }
  }

  /**
   * All applications of nodes, but for dummies.
   *
   * @throws FixException with all that is wrong with any of them
   */
  static Map<String, List<Application>> declared(Kitchen kitchen, List<NodeFacts> nodes) {
    Map<String, List<Application>> declared = new LinkedHashMap<>();
    var problems = new Problems();
    for (NodeFacts node : nodes) {
      try {
        List<Application> apps = node.dummy() ? List.of() : kitchen.applications(node);
        if (!apps.isEmpty()) {
          declared.put(node.fqdn(), apps);
        }
      } catch (FixException e) {
        add(problems, e);
      }
    }
    problems.throwIfErrors("the applications of nodes are not valid; nothing has run");
    return declared;
  }

  private static void add(Problems problems, FixException e) {
    if (e.problems().isEmpty()) {
      throw e;
    }
    problems.addAll(e.problems());
  }
}
