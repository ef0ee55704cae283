package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node as it is listed, whether or not a run could use it.
 *
 * @param fqdn its name
 * @param environment what its file says; {@code _default} where it says nothing
 * @param facts empty if anything that a run needs of it is broken
 * @param document its file; an empty object where that is none
 * @param runList drawn as a tree
 * @param problems of the file, of its roles and of its environment
 */
public record ListedNode(
    String fqdn,
    String environment,
    Optional<NodeFacts> facts,
    ObjectNode document,
    List<RunListLine> runList,
    List<Problem> problems) {

  /** Whether a run would leave it out, for it is there for others to know of only. */
  public boolean dummy() {
    return facts.map(NodeFacts::dummy).orElse(false);
  }

  /** Every role, each before those that it contains. */
  public List<String> roles() {
    return names(true);
  }

  /** Every recipe, in run list order. */
  public List<String> recipes() {
    return names(false);
  }

  /** What the node's file says of itself, beside what it is called, runs and belongs to. */
  public ObjectNode ownAttributes() {
    return NodeAttributes.own(document);
  }

  /** The text of the entries of the run list itself. */
  public List<String> runListEntries() {
    return runList.stream().filter(line -> line.depth() == 0).map(RunListLine::text).toList();
  }

  /** Its tags; of a broken node none are known. */
  public List<String> tags() {
    return facts.stream().flatMap(known -> known.tags().stream()).toList();
  }

  private List<String> names(boolean role) {
    Stream<RunListLine> wanted = runList.stream().filter(line -> line.role() == role);
    return wanted.map(RunListLine::name).distinct().toList();
  }

  static ObjectNode noDocument() {
    return JsonNodeFactory.instance.objectNode();
  }
}
