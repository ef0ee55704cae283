package dev.kitchenhooks.hook;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Hooks of applications without definitions: the programs of four directories, in the order of
 * their names. So collections of scripts that were made to be called with {@code APP ENV VERSION
 * COMPOSE_FILE TARGET_DIR} run as they are.
 */
public final class ScriptHooks {
  private static final SequencedMap<String, HookType> DIRECTORIES = directories();

  private ScriptHooks() {}

  private static SequencedMap<String, HookType> directories() {
    var types = new LinkedHashMap<String, HookType>();
    types.put("pre_deploy", new HookType(Scope.APP, Moment.PRE, HookType.DEPLOY));
    types.put("post_deploy", new HookType(Scope.APP, Moment.POST, HookType.DEPLOY));
    types.put("pre_undeploy", new HookType(Scope.APP, Moment.PRE, HookType.UNDEPLOY));
    types.put("post_undeploy", new HookType(Scope.APP, Moment.POST, HookType.UNDEPLOY));
    return Collections.unmodifiableSequencedMap(types);
  }

  /**
   * A program of one of the directories.
   *
   * @param type when it runs
   * @param directory {@code pre_deploy} or another of the four
   * @param file the program
   */
  public record Script(HookType type, String directory, Path file) {
    /** As hooks are named: {@code post_deploy/10-hub}. */
    public String name() {
      return directory + "/" + file.getFileName();
    }
  }

  /**
   * The programs, directory by directory, by name. A program is a file, links followed, that its
   * owner may execute; others are taken for what programs need, or for switched off.
   *
   * @param problems receives directories that cannot be read
   */
  public static List<Script> find(Path parent, Problems problems) {
    var found = new ArrayList<Script>();
    DIRECTORIES.forEach((name, type) -> {
      Path directory = parent.resolve(name);
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files
              .filter(ScriptHooks::isProgram)
              .sorted()
              .forEach(file -> found.add(new Script(type, name, file)));
        } catch (IOException e) {
          problems.add(
              Problem.error(directory.toString(), 0, 0, "cannot be read: " + e.getMessage()));
        }
      }
    });
    return found;
  }

  private static boolean isProgram(Path file) {
    try {
      return !file.getFileName().toString().startsWith(".")
          && Files.isRegularFile(file)
          && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    } catch (IOException e) {
      // It was listed a moment ago: whoever takes it away at this moment means just that.
      return false;
    }
  }

  /** As definitions, with all defaults. */
  static List<HookDefinition> load(Path kitchen, KitchenConfig.Hooks config, Problems problems) {
    return find(config.appScripts(), problems).stream()
        .map(script -> definition(kitchen, script, config))
        .toList();
  }

  private static HookDefinition definition(
      Path kitchen, Script script, KitchenConfig.Hooks config) {
    Path programs = kitchen.resolve(HookDefinitions.PROGRAMS);
    Path file = script.file();
    return new HookDefinition(
        script.name(),
        "",
        List.of(script.type()),
        file.startsWith(kitchen) ? kitchen.relativize(file).toString() : file.toString(),
        file.startsWith(programs) ? programs.relativize(file).toString() : file.toString(),
        file,
        List.of(),
        Place.CONTROLLER,
        Optional.empty(),
        Filters.NONE,
        true,
        Collections.unmodifiableSortedSet(new TreeSet<>()),
        0,
        false,
        config.timeout(),
        config.killAfter(),
        RunCondition.FINISHED,
        true,
        Retries.NONE,
        Map.of(),
        OutputMode.LIVE,
        false);
  }
}
