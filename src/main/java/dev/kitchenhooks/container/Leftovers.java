package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.ContainerSpec.Cleanup;
import dev.kitchenhooks.run.HookLaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Removes what earlier runs left of the same hook for the same node. */
  void removeFor(HookLaunch launch) throws EngineFault {
    String hook = launch.hookRun().hook().name();
    String node = launch.hookRun().node().orElse("");
    List<Container> theirs;
    lock.lock();
    try {
      theirs =
          kept().stream()
              .filter(c -> hook.equals(c.labels().get(Labels.HOOK)))
              .filter(c -> node.equals(c.labels().getOrDefault(Labels.NODE, "")))
              .filter(c -> c.hasEnded() || !Labels.ownerMayLive(c.labels()))
              .toList();
      kept().removeAll(theirs);
    } finally {
      lock.unlock();
    }
    remove(theirs);
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
    remove(gone);
    return gone;
  }

  private void remove(List<Container> containers) throws EngineFault {
    for (int i = 0; i < containers.size(); i += BATCH) {
      var arguments = new ArrayList<>(List.of("rm", "--force", "--volumes"));
      containers
          .subList(i, Math.min(i + BATCH, containers.size()))
          .forEach(c -> arguments.add(c.id()));
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
