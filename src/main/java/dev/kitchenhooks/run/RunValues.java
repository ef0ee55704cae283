package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.plan.HookGroups;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values that hooks hand on. Those of global hooks reach every later hook of the run, those of
 * a node's hooks the later ones of that node. What a hook sees is put together in the plan's order
 * out of what stands before its group, so nothing depends on what ends first, or on which thread
 * asks when. Thread-safe.
 */
final class RunValues {
  /**
   * Of all values that one hook would see; with its arguments they must fit into what exec takes.
   */
  static final int MAX_BYTES = 256 * 1024;

  private static final int RUN = -1;

  private final RunPlan plan;

  /** By node, then by the hook's place among the node's, then by key. */
  private final Map<Integer, NavigableMap<Integer, SortedMap<String, String>>> lanes =
      new HashMap<>();

  RunValues(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * A hook's place in the run.
   *
   * @param node of a hook of a node, or of an application there
   * @param app of an application's hook
   * @param hook which
   * @param index its index among those of its moment
   */
  record Spot(OptionalInt node, OptionalInt app, PlannedHook hook, int index) {
    /** Of the run, or of a node. */
    Spot(OptionalInt node, PlannedHook hook, int index) {
      this(node, OptionalInt.empty(), hook, index);
    }
  }

  /** What a hook is told, as {@code FIX_OUT_key}. */
  synchronized SortedMap<String, String> seenBy(Spot spot) {
    SortedMap<String, String> own = ownBefore(spot);
    if (spot.node().isEmpty()) {
      return own;
    }
    return merged(List.of(ofRun(), own));
  }

  /** What hooks of the same node, or of the run, have handed on before a hook's group. */
  synchronized SortedMap<String, String> ownBefore(Spot spot) {
    int start = HookGroups.start(hooks(spot), spot.index());
    return merged(lane(spot.node().orElse(RUN)).headMap(place(spot, start)).values());
  }

  /** What global hooks have handed on. */
  synchronized SortedMap<String, String> ofRun() {
    return merged(lane(RUN).values());
  }

  /** What a node's hooks have handed on. */
  synchronized SortedMap<String, String> ofNode(int node) {
    return merged(lane(node).values());
  }

  /** Both: what a wrapped command is told. */
  synchronized SortedMap<String, String> seenByWork(int node) {
    return merged(List.of(ofRun(), ofNode(node)));
  }

  /**
   * Takes what a hook hands on.
   *
   * @return why it is not taken, for people; empty where it is
   */
  synchronized Optional<String> take(Spot spot, SortedMap<String, String> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    int node = spot.node().orElse(RUN);
    NavigableMap<Integer, SortedMap<String, String>> lane =
        lanes.computeIfAbsent(node, _ -> new TreeMap<>());
    lane.put(place(spot, spot.index()), values);
    long bytes = bytes(node == RUN ? ofRun() : seenByWork(node));
    if (bytes > MAX_BYTES) {
      lane.remove(place(spot, spot.index()));
      return Optional.of(
          "with its FIX_OUTPUT, later hooks would be handed %d bytes of values; %d KiB is the most"
              .formatted(bytes, MAX_BYTES / 1024));
    }
    return Optional.empty();
  }

  private NavigableMap<Integer, SortedMap<String, String>> lane(int node) {
    return lanes.getOrDefault(node, Collections.emptyNavigableMap());
  }

  /** Pre hooks stand before post hooks, and a node's applications between its own. */
  private int place(Spot spot, int index) {
    boolean pre = isPre(spot);
    if (spot.node().isEmpty()) {
      return pre ? index : plan.globalPre().size() + index;
    }
    PlannedNode node = plan.nodes().get(spot.node().getAsInt());
    if (spot.app().isEmpty() && pre) {
      return index;
    }
    int app = spot.app().orElse(node.apps().size());
    int before = node.pre().size();
    for (PlannedApp earlier : node.apps().subList(0, app)) {
      before += earlier.pre().size() + earlier.post().size();
    }
    boolean afterItsPre = spot.app().isPresent() && !pre;
    return before + (afterItsPre ? node.apps().get(app).pre().size() : 0) + index;
  }

  private List<PlannedHook> hooks(Spot spot) {
    boolean pre = isPre(spot);
    if (spot.node().isEmpty()) {
      return pre ? plan.globalPre() : plan.globalPost();
    }
    PlannedNode node = plan.nodes().get(spot.node().getAsInt());
    if (spot.app().isPresent()) {
      PlannedApp app = node.apps().get(spot.app().getAsInt());
      return pre ? app.pre() : app.post();
    }
    return pre ? node.pre() : node.post();
  }

  private static boolean isPre(Spot spot) {
    return spot.hook().type().moment() == Moment.PRE;
  }

  private static SortedMap<String, String> merged(Iterable<SortedMap<String, String>> inOrder) {
    var all = new TreeMap<String, String>();
    inOrder.forEach(all::putAll);
    return Collections.unmodifiableSortedMap(all);
  }

  private static long bytes(SortedMap<String, String> values) {
    long bytes = 0;
    for (Map.Entry<String, String> value : values.entrySet()) {
      bytes += value.getKey().length() + 2L;
      bytes += value.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
