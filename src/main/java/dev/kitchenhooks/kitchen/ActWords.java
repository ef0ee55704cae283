package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads those words of a command line that say what is done to the nodes. */
final class ActWords {
  /** Their kinds: what stands before the colon. */
  static final List<String> KNOWN = List.of("recipe", "role", "ssh", "plugin", "deploy_chef");

  private final Problems problems;
  private final List<String> runList = new ArrayList<>();
  private final List<Act> others = new ArrayList<>();

  /** As typed, each once. */
  private final Set<String> kinds = new LinkedHashSet<>();

  ActWords(Problems problems) {
    this.problems = problems;
  }

  /** Takes a word of a kind that is known. */
  void take(String word, String kind) {
    int colon = word.indexOf(':');
    @Nullable String value = colon < 0 ? null : word.substring(colon + 1);
    kinds.add(kind);
    switch (kind) {
      case "recipe", "role" -> takeRunList(kind, value);
      case "ssh" -> {
        if (value == null || value.isBlank()) {
          wrong("\"%s\" lacks a command".formatted(word), "e.g. ssh:\"uptime\"");
        } else {
          others.add(new Act.Ssh(value));
        }
      }
      case "plugin" -> {
        if (value == null || value.isBlank()) {
          wrong("\"%s\" lacks a name".formatted(word), "fix list_plugins shows them");
        } else {
          others.add(new Act.Plugin(value.strip()));
        }
      }
      case "deploy_chef" -> {
        if (value != null) {
          wrong(
              "deploy_chef takes nothing after a colon",
              "what it runs is said in littlechef.cfg: [kitchen] deploy_chef_command");
        } else {
          others.add(new Act.DeployChef());
        }
      }
      default -> throw new IllegalStateException(kind);
    }
  }

  private void takeRunList(String kind, @Nullable String names) {
    for (String name : (names == null ? "" : names).split(",", -1)) {
      String entry = "%s[%s]".formatted(kind, name.strip());
      if (name.isBlank()) {
        wrong("\"%s:\" lacks a name".formatted(kind), "e.g. recipe:nginx, role:web");
      } else if (RunListEntry.parse(entry).isEmpty()) {
        wrong(
            "\"%s\" is not the name of a %s".formatted(name.strip(), kind),
            "e.g. recipe:nginx, recipe:nginx::source, role:web");
      } else {
        runList.add(entry);
      }
    }
  }

  /** What the words come to; empty where there were none, or where something is wrong. */
  Optional<Act> act() {
    boolean several = others.size() > 1 || (!others.isEmpty() && !runList.isEmpty());
    if (several) {
      String all = String.join(" and ", kinds);
      wrong(
          kinds.size() == 1
              ? "\"%s\" is given twice, and a run does one thing".formatted(all)
              : "a run does one thing, not %s".formatted(all),
          "call fix once for each");
      return Optional.empty();
    }
    return runList.isEmpty() ? others.stream().findFirst() : Optional.of(new Act.RunList(runList));
  }

  private void wrong(String message, String hint) {
    problems.add(new Problem(Problem.Severity.ERROR, null, 0, 0, message, hint));
  }
}
