package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.kitchen.RunListLine.Remark;
import dev.kitchenhooks.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Draws a run list with the roles in it, to any depth and without recursion. What a role contains
 * is shown once: a run list of few roles may lead to the same one over thousands of ways.
 */
final class RunListTree {
  /** A role being drawn, and its entries still to come; the run list itself has no name. */
  private record Frame(String role, Iterator<RunListEntry> rest) {}

  private final RoleBook roles;
  private final String environment;
  private final List<RunListLine> lines = new ArrayList<>();
  private final Set<String> drawn = new HashSet<>();
  private final Set<String> path = new HashSet<>();
  private final Deque<Frame> stack = new ArrayDeque<>();

  private RunListTree(RoleBook roles, String environment) {
    this.roles = roles;
    this.environment = environment;
  }

  /** The lines of a run list, as it is in an environment. */
  static List<RunListLine> draw(RoleBook roles, String environment, List<RunListEntry> runList) {
    var tree = new RunListTree(roles, environment);
    tree.stack.push(new Frame("", runList.iterator()));
    while (!tree.stack.isEmpty()) {
      Frame frame = tree.stack.peek();
      if (frame.rest.hasNext()) {
        tree.line(frame.rest.next());
      } else {
        tree.stack.pop();
        tree.path.remove(frame.role);
      }
    }
    return tree.lines;
  }

  private void line(RunListEntry entry) {
    int depth = stack.size() - 1;
    boolean role = entry.kind() == RunListEntry.Kind.ROLE;
    Optional<Remark> remark = role ? enter(entry.name()) : Optional.empty();
    lines.add(new RunListLine(depth, entry.text(), entry.name(), role, remark));
  }

  /** Goes into a role, or says why not. */
  private Optional<Remark> enter(String name) {
    RoleFile file = roles.find(name).orElse(null);
    if (file == null) {
      return Optional.of(Remark.MISSING);
    }
    if (file.inRuby()) {
      return Optional.of(Remark.UNREAD);
    }
    List<RunListEntry> entries =
        file.runList(environment).stream().map(RoleFile.Item::entry).toList();
    if (entries.isEmpty()) {
      boolean broken = file.problems().stream().anyMatch(Problem::isError);
      return broken ? Optional.of(Remark.BROKEN) : Optional.empty();
    }
    if (path.contains(name)) {
      return Optional.of(Remark.CYCLE);
    }
    if (!drawn.add(name)) {
      return Optional.of(Remark.ABOVE);
    }
    path.add(name);
    stack.push(new Frame(name, entries.iterator()));
    return Optional.empty();
  }
}
