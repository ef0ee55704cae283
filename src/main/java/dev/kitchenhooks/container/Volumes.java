package dev.kitchenhooks.container;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.LocalProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where on this machine the engine keeps its volumes. */
public final class Volumes {
  /** Warnings of the engine come in the same stream. */
  private static final String MARK = "fix:";

  private final Optional<String> configured;
  private final Map<String, String> caller;
  private final Path directory;

  /**
   * @param configured {@code [hooks] container_engine}
   * @param caller the caller's environment
   * @param directory to call the engine in
   */
  public Volumes(Optional<String> configured, Map<String, String> caller, Path directory) {
    this.configured = configured;
    this.caller = Map.copyOf(caller);
    this.directory = directory;
  }

  /** What was found. */
  public sealed interface Place {}

  /**
   * The volume's own directory.
   *
   * @param path one that exists
   */
  public record Directory(Path path) implements Place {}

  /**
   * There is nothing of that name.
   *
   * @param why for people: there is no such volume, or no engine that could have one
   */
  public record Absent(String why) implements Place {}

  /**
   * Finds a volume.
   *
   * @throws FixException if the engine does not answer, or keeps it on another machine
   */
  public Place find(String volume) {
    Engine engine;
    try {
      engine = engine();
    } catch (EngineFault e) {
      return new Absent(e.message());
    }
    var answer = engine.call("volume", "inspect", "--format", MARK + "{{.Mountpoint}}", volume);
    Optional<String> mountpoint = marked(answer).filter(path -> !path.isEmpty());
    if (answer.ok() && mountpoint.isPresent()) {
      return new Directory(onThisMachine(volume, mountpoint.get()));
    }
    // Whether there is none or the engine is ill each engine says in its own words.
    var all = engine.call("volume", "ls", "--quiet");
    if (all.ok() && !all.lines().contains(volume)) {
      return new Absent("%s has no volume %s".formatted(engine.name(), volume));
    }
    throw doesNotAnswer(engine, all.ok() ? answer : all);
  }

  /**
   * The directory that holds the volumes of the engine.
   *
   * @throws FixException if there is no engine, or it does not answer
   */
  public Path root() {
    Engine engine;
    try {
      engine = engine();
    } catch (EngineFault e) {
      throw FixException.invalid(
          "where volumes lie is not known: " + e.message(), "say it in the configuration");
    }
    for (String format : List.of("{{.DockerRootDir}}/volumes", "{{.Store.VolumePath}}")) {
      var answer = engine.call("info", "--format", MARK + format);
      Optional<String> root = marked(answer).filter(path -> path.startsWith("/"));
      // Docker exits with 0 even where its daemon is away, and says nothing then.
      if (answer.ok() && root.isPresent() && !root.get().equals("/volumes")) {
        return Path.of(root.get());
      }
    }
    throw doesNotAnswer(engine, engine.call("volume", "ls", "--quiet"));
  }

  private Engine engine() throws EngineFault {
    return Engine.find(configured, caller, directory, new LocalProcesses()::run);
  }

  private static Optional<String> marked(Engine.Answer answer) {
    return answer.lines().stream()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()).strip())
        .findFirst();
  }

  private static Path onThisMachine(String volume, String mountpoint) {
    Path path = Path.of(mountpoint);
    if (!Files.isDirectory(path)) {
      throw FixException.invalid(
          "the volume %s is at %s, which cannot be read on this machine"
              .formatted(volume, mountpoint),
          "the engine must run here, and you must be allowed to read its volumes");
    }
    return path;
  }

  private static FixException doesNotAnswer(Engine engine, Engine.Answer answer) {
    return FixException.invalid(
        "%s does not answer: %s".formatted(engine.name(), answer.message()),
        "\"%s volume ls\" must work for you".formatted(engine.name()));
  }
}
