package dev.kitchenhooks.run;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.rules.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a run as contexts show them. Each is kept as the bytes that it is written as, and
 * made anew only when something of it changes: a big run writes all of them thousands of times. One
 * thread changes them, any may write them.
 */
final class ContextNodes {
  private static final byte[] MATCHED = ascii("true}");
  private static final byte[] NOT_MATCHED = ascii("false}");

  /** Of each what does not change: its object up to the outcome's value. */
  private final List<byte[]> facts;

  /** Of each its whole object up to the value of {@code matched}. */
  private final AtomicReferenceArray<byte[]> objects;

  private final AtomicReferenceArray<@Nullable Outcome> outcomes;
  private final AtomicReferenceArray<SortedMap<String, String>> values;

  ContextNodes(List<PlannedNode> nodes) {
    this.facts = nodes.stream().map(n -> facts(n.facts())).toList();
    this.objects = new AtomicReferenceArray<>(nodes.size());
    this.outcomes = new AtomicReferenceArray<>(nodes.size());
    this.values = new AtomicReferenceArray<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      values.set(i, Collections.emptySortedMap());
      make(i);
    }
  }

  void setOutcome(int node, Outcome outcome) {
    outcomes.set(node, outcome);
    make(node);
  }

  /** What the node's hooks have handed on. */
  void setValues(int node, SortedMap<String, String> handedOn) {
    if (!handedOn.equals(values.get(node))) {
      values.set(node, handedOn);
      make(node);
    }
  }

  /**
   * Puts all nodes between two pieces of JSON.
   *
   * @param matching which of them the hook's filters match
   */
  byte[] between(byte[] before, BitSet matching, byte[] after) {
    // Taken once, since other nodes go on meanwhile; copied into one array, since there are many.
    var parts = new byte[objects.length()][];
    int length = before.length + after.length + Math.max(0, parts.length - 1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = objects.get(i);
      length += parts[i].length + ending(matching, i).length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    all.put(before);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        all.put((byte) ',');
      }
      all.put(parts[i]).put(ending(matching, i));
    }
    all.put(after);
    return all.array();
  }

  private static byte[] ending(BitSet matching, int node) {
    return matching.get(node) ? MATCHED : NOT_MATCHED;
  }

  private static byte[] facts(NodeFacts node) {
    byte[] object =
        ContextJson.object(json -> {
          json.writeStringProperty("fqdn", node.fqdn());
          json.writeStringProperty("chef_environment", node.environment());
          ContextJson.strings(json, "roles", node.roles());
          ContextJson.strings(json, "recipes", node.recipes());
          ContextJson.strings(json, "tags", node.tags());
          node.platform().ifPresent(p -> json.writeStringProperty("platform", p));
          json.writeNullProperty("outcome");
        });
    return Arrays.copyOf(object, object.length - "null}".length());
  }

  private void make(int node) {
    var object = new ByteArrayOutputStream();
    object.writeBytes(facts.get(node));
    Outcome outcome = outcomes.get(node);
    object.writeBytes(ascii(outcome == null ? "null," : '"' + outcome.word() + "\","));
    byte[] out = ContextJson.object(json -> ContextJson.out(json, values.get(node)));
    object.write(out, 1, out.length - 2); // without its braces
    object.writeBytes(ascii(",\"matched\":"));
    objects.set(node, object.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
