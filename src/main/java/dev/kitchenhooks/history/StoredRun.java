package dev.kitchenhooks.history;

import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.rules.StopSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is recorded of one run.
 *
 * @param summary the run as a whole
 * @param nodes in run order, then the dummies
 * @param apps the applications that had their turn, in the order of that
 * @param hooks every execution, in the order of their start
 * @param skipped hooks that a flag left out
 * @param command the command that was run once a run, if there was one
 * @param request how it can be repeated; empty for a run of an older fix
 * @param batches how its nodes were divided
 * @param stops the signals that arrived
 * @param lostEvents how many events could not be written, e.g. because the disk was full
 */
public record StoredRun(
    RunSummary summary,
    List<StoredNode> nodes,
    List<StoredApp> apps,
    List<StoredHook> hooks,
    List<StoredSkip> skipped,
    Optional<StoredCommand> command,
    Optional<StoredRequest> request,
    Batches batches,
    List<StoredStop> stops,
    int lostEvents) {

  /** How many batches have begun, where the run was divided. */
  public int batchesBegun() {
    int begun = 0;
    int first = 0;
    for (int end : batches.ends()) {
      if (first < nodes.size() && nodes.get(first).startedAt().isPresent()) {
        begun++;
      }
      first = end;
    }
    return begun;
  }

  /**
   * The hooks as what they came to in the end: of each its last attempt, in the order in which they
   * first started.
   */
  public List<StoredHook> lastAttempts() {
    record Key(String name, String type, Optional<String> node, Optional<String> app) {}
    var last = new ArrayList<StoredHook>();
    Map<Key, Integer> places = new HashMap<>();
    for (StoredHook hook : hooks) {
      var key = new Key(hook.name(), hook.type(), hook.node(), hook.app());
      Integer place = places.get(key);
      if (hook.attempt() > 1 && place != null) {
        last.set(place, hook);
      } else {
        places.put(key, last.size());
        last.add(hook);
      }
    }
    return List.copyOf(last);
  }

  /**
   * A hook that would have run, had a flag not left it out.
   *
   * @param reason the flag
   */
  public record StoredSkip(String name, String type, String reason) {}

  /**
   * @param end how it ended; empty while it runs, or if the run died
   */
  public record StoredCommand(List<String> argv, Instant startedAt, Optional<WorkEnd> end) {
    StoredCommand ended(WorkEnd how) {
      return new StoredCommand(argv, startedAt, Optional.of(how));
    }
  }

  /**
   * @param kill whether what was in flight was killed, not only told to stop
   */
  public record StoredStop(Instant at, StopSignal signal, boolean kill) {}
}
