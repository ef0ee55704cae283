package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.ContainerSpec.Cleanup;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.run.HookLaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The containers of a kitchen that earlier runs left, by their policy or because they died. Looked
 * for once a run. Those of runs that are still under way are nobody's business but theirs.
 */
final class Leftovers {
  private static final String FORMAT =
      "{{.Id}} {{.State.Status}} {{.State.ExitCode}} {{json .Config.Labels}}";
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\w+) (-?\\d+) (\\{.*\\})");

  /** So many fit into one argument vector with ease. */
  private static final int BATCH = 200;

  private final Engine engine;
  private final Path kitchen;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable List<Container> kept;

  /** Of this run: the container that the last attempt of each has left. */
  private final Map<Slot, String> own = new HashMap<>();

  /** For what there is one container at a time, if what was there before is to be removed. */
  private record Slot(PlannedHook hook, Optional<String> node) {
    static Slot of(HookLaunch launch) {
      return new Slot(launch.hookRun().hook(), launch.hookRun().node());
    }
  }

  private record Container(String id, String status, int exitCode, Map<String, String> labels) {
    boolean neverStarted() {
      return State.NEVER_STARTED.contains(status);
    }

    boolean runs() {
      return !neverStarted() && !State.ENDED.contains(status);
    }

    boolean hasEnded() {
      return !runs() && !neverStarted();
    }

    /** By its own policy it would be gone, had its run lived. */
    boolean wasToBeRemoved() {
      return neverStarted()
          || Labels.cleansUp(labels, exitCode == 0 ? Cleanup.SUCCEEDED : Cleanup.FAILED);
    }
  }

  Leftovers(Engine engine, Path kitchen) {
    this.engine = engine;
    this.kitchen = kitchen;
  }

  /**
   * Ends what runs on although its run has died, and removes what such runs had no more time to
   * remove. Does it the first time only.
   */
  void endOrphans() throws EngineFault {
    kept();
  }

  /** Remembers what an attempt has left, for the attempt that may follow. */
  void left(HookLaunch launch, String name) {
    lock.lock();
    try {
      own.put(Slot.of(launch), name);
    } finally {
      lock.unlock();
    }
  }

  /** Removes what earlier runs, or earlier attempts, left of the same hook for the same node. */
  void removeFor(HookLaunch launch) throws EngineFault {
    String hook = launch.hookRun().hook().name();
    String node = launch.hookRun().node().orElse("");
    List<Container> theirs;
    @Nullable String before;
    lock.lock();
    try {
      theirs =
          kept().stream()
              .filter(c -> hook.equals(c.labels().get(Labels.HOOK)))
              .filter(c -> node.equals(c.labels().getOrDefault(Labels.NODE, "")))
              .filter(c -> c.hasEnded() || !Labels.ownerMayLive(c.labels()))
              .toList();
      kept().removeAll(theirs);
      before = own.remove(Slot.of(launch));
    } finally {
      lock.unlock();
    }
    var ids = new ArrayList<>(theirs.stream().map(Container::id).toList());
    if (before != null) {
      ids.add(before);
    }
    remove(ids);
  }

  private List<Container> kept() throws EngineFault {
    lock.lock();
    try {
      List<Container> known = kept;
      if (known == null) {
        known = new ArrayList<>(find());
        known.removeAll(endOrphans(known));
        kept = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Returns those that are gone. */
  private List<Container> endOrphans(List<Container> found) throws EngineFault {
    List<Container> orphans = found.stream().filter(c -> !Labels.ownerMayLive(c.labels())).toList();
    var gone = new ArrayList<Container>();
    for (Container orphan : orphans) {
      if (orphan.runs() && !Labels.cleansUp(orphan.labels(), Cleanup.FAILED)) {
        // To be looked at, as every failure of this hook; but it must not go on.
        engine.call("kill", orphan.id());
      } else if (orphan.runs() || orphan.wasToBeRemoved()) {
        gone.add(orphan);
      }
    }
    remove(gone.stream().map(Container::id).toList());
    return gone;
  }

  /** Takes ids and names. One that is gone already is none the less removed. */
  private void remove(List<String> containers) throws EngineFault {
    for (int i = 0; i < containers.size(); i += BATCH) {
      var arguments = new ArrayList<>(List.of("rm", "--force", "--volumes"));
      arguments.addAll(containers.subList(i, Math.min(i + BATCH, containers.size())));
      Engine.Answer answer = engine.call(Map.of(), arguments);
      if (!answer.ok() && !State.isGone(answer.message())) {
        throw EngineFault.of("what an earlier run left is not removed: " + answer.message());
      }
    }
  }

  private List<Container> find() throws EngineFault {
    List<String> ids =
        engine
            .call(
                "ps",
                "--all",
                "--quiet",
                "--no-trunc",
                "--filter",
                "label=" + Labels.KITCHEN + "=" + kitchen)
            .orThrow()
            .lines()
            .stream()
            .filter(line -> !line.isBlank())
            .toList();
    var found = new ArrayList<Container>();
    for (int i = 0; i < ids.size(); i += BATCH) {
      var arguments = new ArrayList<>(List.of("inspect", "--format", FORMAT));
      arguments.addAll(ids.subList(i, Math.min(i + BATCH, ids.size())));
      // One that is gone meanwhile is an error of the whole call, and the others are there.
      engine.call(Map.of(), arguments).lines().forEach(line -> add(line, found));
    }
    return found;
  }

  private void add(String line, List<Container> found) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches()) {
      var labels = new HashMap<String, String>();
      try {
        JsonNode json = JsonMapper.shared().readTree(matcher.group(4));
        json.forEachEntry((name, value) -> labels.put(name, value.stringValue("")));
      } catch (JacksonException e) {
        // Not what we wrote on it.
        return;
      }
      // The engine may match by a part only.
      if (kitchen.toString().equals(labels.get(Labels.KITCHEN))) {
        found.add(
            new Container(
                matcher.group(1),
                matcher.group(2),
                Integer.parseInt(matcher.group(3)),
                Map.copyOf(labels)));
      }
    }
  }
}
