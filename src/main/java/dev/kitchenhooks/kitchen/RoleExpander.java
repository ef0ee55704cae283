package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Expands run lists, roles of roles to any depth. A fleet has few run lists and fewer roles for its
 * many nodes: each is expanded once. Thread-safe.
 */
final class RoleExpander {
  private final RoleBook roles;

  // By texts, and not by records: how those are hashed the JVM works out at run time, which takes
  // as
  // long as it takes to read a small kitchen.
  private final Map<List<String>, Expansion> lists = new ConcurrentHashMap<>();
  private final Map<List<String>, Expansion> single = new ConcurrentHashMap<>();

  RoleExpander(RoleBook roles) {
    this.roles = roles;
  }

  Expansion expand(String environment, List<RunListEntry> runList) {
    var question = new ArrayList<>(List.of(environment));
    runList.forEach(entry -> question.add(entry.text()));
    return lists.computeIfAbsent(List.copyOf(question), _ -> union(environment, runList));
  }

  private Expansion union(String environment, List<RunListEntry> runList) {
    var roleNames = new LinkedHashSet<String>();
    var recipes = new LinkedHashSet<String>();
    var missing = new LinkedHashSet<RunListEntry>();
    var problems = new LinkedHashSet<Problem>();
    for (RunListEntry entry : runList) {
      switch (entry.kind()) {
        case RECIPE -> recipes.add(entry.name());
        case ROLE -> {
          if (roles.find(entry.name()).isEmpty()) {
            missing.add(entry);
          } else {
            Expansion role =
                single.computeIfAbsent(
                    List.of(environment, entry.name()),
                    _ -> new Walk(environment, entry.name()).result());
            roleNames.addAll(role.rolesInOrder());
            recipes.addAll(role.recipesInOrder());
            problems.addAll(role.problems());
          }
        }
      }
    }
    return new Expansion(
        Collections.unmodifiableSortedSet(new TreeSet<>(roleNames)),
        Collections.unmodifiableSortedSet(new TreeSet<>(recipes)),
        List.copyOf(roleNames),
        List.copyOf(recipes),
        List.copyOf(missing),
        List.copyOf(problems));
  }

  /** One walk through the roles, depth first, without recursion: a chain may be of any length. */
  private final class Walk {
    /** A role being walked through, and its entries still to come. */
    private record Frame(String role, Iterator<RoleFile.Item> rest, RoleFile file) {}

    private final String environment;
    private final String start;
    private final TreeSet<String> seen = new TreeSet<>();
    private final List<String> left = new ArrayList<>();
    private final LinkedHashSet<String> recipes = new LinkedHashSet<>();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Deque<Frame> stack = new ArrayDeque<>();
    private final LinkedHashSet<String> path = new LinkedHashSet<>();

    Walk(String environment, String start) {
      this.environment = environment;
      this.start = start;
    }

    Expansion result() {
      enter(start);
      walk();
      return new Expansion(
          seen,
          new TreeSet<>(recipes),
          left,
          List.copyOf(recipes),
          List.of(),
          List.copyOf(problems));
    }

    private void walk() {
      while (!stack.isEmpty()) {
        Frame frame = stack.peek();
        if (frame.rest.hasNext()) {
          follow(frame.rest.next(), frame.file);
        } else {
          stack.pop();
          path.remove(frame.role);
          left.add(frame.role);
        }
      }
    }

    private void follow(RoleFile.Item item, RoleFile file) {
      String name = item.entry().name();
      switch (item.entry().kind()) {
        case RECIPE -> recipes.add(name);
        case ROLE -> {
          if (path.contains(name)) {
            problems.add(cycle(name));
          } else if (!enter(name)) {
            problems.add(
                Problem.error(
                        file.file(),
                        item.place().line(),
                        item.place().column(),
                        roles.missing(name))
                    .withHint(roles.hint(name).orElse(null)));
          }
        }
      }
    }

    /** Goes into a role, if that was not done before; false where there is none. */
    private boolean enter(String name) {
      RoleFile file = roles.find(name).orElse(null);
      if (file == null) {
        return false;
      }
      if (seen.add(name)) {
        problems.addAll(file.problems());
        path.add(name);
        stack.push(new Frame(name, file.runList(environment).iterator(), file));
      }
      return true;
    }

    /**
     * The cycle that a role on the path closes. It is told from its alphabetically first role on,
     * so that it is one and the same problem for every node, wherever its run list enters it.
     */
    private Problem cycle(String closing) {
      List<String> members = new ArrayList<>(path);
      members = members.subList(members.indexOf(closing), members.size());
      String first = Collections.min(members);
      Collections.rotate(members, -members.indexOf(first));
      String last = members.getLast();
      RoleFile file = roles.find(last).orElseThrow();
      RoleFile.Item entry =
          file.runList(environment).stream()
              .filter(item -> item.entry().isRole(first))
              .findFirst()
              .orElseThrow();
      return Problem.error(
              file.file(),
              entry.place().line(),
              entry.place().column(),
              "roles contain each other: %s -> %s".formatted(String.join(" -> ", members), first))
          .withHint("remove one of these entries");
    }
  }
}
