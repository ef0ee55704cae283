package dev.kitchenhooks.notify;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The notice of a whole run, from what its last hooks are given: {@code FIX_CONTEXT}. */
final class RunNotice {
  private static final int KNOWN_VERSION = 1;

  /** Of the nodes that did not come through; a fleet has more than a chat shows. */
  private static final int MOST_NODES = 20;

  private RunNotice() {}

  /**
   * Reads a context.
   *
   * @throws FixException if it is none
   */
  static Notice read(Path context) {
    var problems = new Problems();
    JsonDocument document = JsonDocument.read(context, context.toString(), problems);
    problems.throwIfErrors("the run's context cannot be read; nobody was told");
    if (document == null || document.at("/version").intValue(0) != KNOWN_VERSION) {
      throw FixException.invalid(
          context + " is no context of a run that this fix knows", "FIX_CONTEXT must lead to one");
    }
    return of(document.root());
  }

  private static Notice of(JsonNode context) {
    JsonNode run = context.path("run");
    int code = context.path("hook").path("return_code").intValue(0);
    String reason = context.path("hook").path("reason").stringValue("");
    Map<String, Integer> counts = new TreeMap<>();
    var environments = new TreeSet<String>();
    var bad = new ArrayList<String>();
    for (JsonNode node : context.path("nodes")) {
      String outcome = node.path("outcome").stringValue("not-started");
      counts.merge(outcome, 1, Integer::sum);
      environments.add(node.path("chef_environment").stringValue(""));
      if (!List.of("deployed", "soft-skipped", "dummy").contains(outcome)) {
        bad.add(node.path("fqdn").stringValue("") + ": " + outcome);
      }
    }
    String command = run.path("command").stringValue("");
    var details = new ArrayList<String>();
    details.add(
        "run " + run.path("id").stringValue("") + " by " + run.path("user").stringValue(""));
    details.add("environments: " + String.join(", ", environments));
    var tally = new ArrayList<String>();
    counts.forEach((outcome, count) -> tally.add(count + " " + outcome));
    details.add("nodes: " + String.join(", ", tally));
    bad.stream().limit(MOST_NODES).forEach(details::add);
    if (bad.size() > MOST_NODES) {
      details.add("and %d more".formatted(bad.size() - MOST_NODES));
    }
    String how =
        code == 0
            ? "went well"
            : "ended with code " + code + (reason.isEmpty() ? "" : " (" + reason + ")");
    return new Notice(
        "fix %s: %s".formatted(command, code == 0 ? "well" : "code " + code),
        "fix %s %s".formatted(command, how),
        details,
        code == 0);
  }
}
