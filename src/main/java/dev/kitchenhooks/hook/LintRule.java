package dev.kitchenhooks.hook;

import dev.kitchenhooks.problem.Problem;
import java.util.Arrays;
import java.util.Locale;

/** The checks of {@code fix hooks lint}. Their ids stand in reports of other tools: they stay. */
public enum LintRule {
  DEFINITION("A definition says what a hook may say, and no run starts while one does not."),
  PROGRAM("A hook's program exists, can be started, and can be changed by nobody else."),
  NEVER_RUNS("Filters that no node can match."),
  UNKNOWN_NAME("A filter names a role, an environment or a node that the kitchen does not have."),
  SHADOWED_NAME("A name that is easily taken for another one."),
  TWIN("Two definitions that do the same."),
  NEVER_TOGETHER("A concurrent hook with no neighbour to run together with."),
  NEVER_TRIED_AGAIN("Retries that are over before the second attempt."),
  WORLD_WRITABLE("Whoever can change a definition or the kitchen decides what runs."),
  UNUSED("Something that no definition uses."),
  PLUGIN("A plugin is pinned, fetched, and what was pinned."),
  CONTAINER_ENGINE("A container hook needs docker or podman."),
  MISSING_SECRET("A secret that a hook is to get is not there."),
  READABLE_SECRET("A secret's file that everybody can read."),
  TYPED_SECRET("A secret that stands in a definition, and so in the repository."),
  CONFIGURATION("A file below confs/, which the hooks of applications read, says what it may say.");

  private final String text;

  LintRule(String text) {
    this.text = text;
  }

  /** As reports have it: {@code never-runs}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is about, in a sentence. */
  public String text() {
    return text;
  }

  /** The check that found a problem; whatever names none is about the definition itself. */
  public static LintRule of(Problem problem) {
    return Arrays.stream(values())
        .filter(rule -> rule.id().equals(problem.rule()))
        .findFirst()
        .orElse(DEFINITION);
  }
}
