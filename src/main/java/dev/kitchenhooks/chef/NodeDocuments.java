package dev.kitchenhooks.chef;

import dev.kitchenhooks.problem.FixException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The documents of all nodes, as they were when the upload was packed. */
final class NodeDocuments {
  private final Map<String, NodeDocument> sound = new TreeMap<>();
  private final Map<String, FixException> broken = new HashMap<>();

  private NodeDocuments() {}

  /** Of one node: its document, or why there is none. */
  private sealed interface Read {
    record Sound(NodeDocument document) implements Read {}

    record Broken(String fqdn, FixException why) implements Read {}
  }

  /** Files may break while a run goes on: who edits one of them is no reason to stop the others. */
  static NodeDocuments read(KitchenSource source) {
    var all = new NodeDocuments();
    source.nodes().get().parallelStream()
        .map(facts -> {
          try {
            ObjectNode json = source.documents().apply(facts.fqdn());
            return new Read.Sound(
                new NodeDocument(facts, json, source.attributes().apply(facts, json)));
          } catch (FixException e) {
            return new Read.Broken(facts.fqdn(), e);
          }
        })
        .toList()
        .forEach(all::add);
    return all;
  }

  private void add(Read read) {
    switch (read) {
      case Read.Sound(NodeDocument document) -> sound.put(document.facts().fqdn(), document);
      case Read.Broken(String fqdn, FixException why) -> broken.put(fqdn, why);
    }
  }

  /** What node search finds: a broken document would break every search. */
  Collection<NodeDocument> sound() {
    return sound.values();
  }

  /**
   * One node's.
   *
   * @throws FixException if its file is broken
   */
  NodeDocument of(String fqdn) {
    FixException why = broken.get(fqdn);
    if (why != null) {
      throw why;
    }
    NodeDocument document = sound.get(fqdn);
    if (document == null) {
      throw new IllegalArgumentException(fqdn + " is no node of the kitchen");
    }
    return document;
  }
}
