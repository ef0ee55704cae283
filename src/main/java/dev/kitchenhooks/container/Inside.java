package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.run.HookLaunch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A launch as it looks from inside the container: other paths, and no variables of this machine.
 */
final class Inside {
  static final String KITCHEN = "/kitchen";
  static final String PLUGIN = "/plugin";
  static final String FILES = "/fix";
  static final String NODES = "nodes";
  static final String COMPOSE_FILE = "docker-compose.yml";

  /** What of the caller says where things are on this machine. */
  private static final Set<String> OF_THIS_MACHINE =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "FIX_PROGRAM");

  /** The engines read such a file by lines, of at most 64 KiB. */
  private static final int LONGEST_LINE = 60_000;

  private final HookLaunch launch;

  Inside(HookLaunch launch) {
    this.launch = launch;
  }

  /** The program; empty: the image's own. */
  Optional<String> program() {
    HookDefinition definition = launch.definition();
    if (definition.exec().isEmpty()) {
      return Optional.empty();
    }
    if (Path.of(definition.exec()).isAbsolute()) {
      return Optional.of(definition.exec());
    }
    Path kitchen = launch.run().kitchen();
    Path program = definition.executable();
    return Optional.of(
        definition.plugin().isPresent()
            ? PLUGIN + "/" + definition.root(kitchen).relativize(program)
            : KITCHEN + "/" + kitchen.relativize(program));
  }

  /** The arguments after the program. */
  List<String> arguments() {
    var places = new HashMap<String, String>();
    places.put(launch.files().nodes().toString(), FILES + "/" + NODES);
    launch
        .files()
        .composeFile()
        .ifPresent(file -> places.put(file.toString(), FILES + "/" + COMPOSE_FILE));
    return launch.argv().stream()
        .skip(1)
        .map(argument -> places.getOrDefault(argument, argument))
        .toList();
  }

  /** All variables that do not come from the image. */
  Map<String, String> variables() {
    var variables = new TreeMap<>(launch.environment());
    OF_THIS_MACHINE.forEach(name -> {
      if (!launch.definition().environment().containsKey(name)) {
        variables.remove(name);
      }
    });
    variables.put("FIX_KITCHEN", KITCHEN);
    variables.put("FIX_CONTEXT", inFiles(launch.files().context()));
    variables.put("FIX_OUTPUT", inFiles(launch.files().output()));
    variables.put("FIX_NODES_FILE", FILES + "/" + NODES);
    return variables;
  }

  private static String inFiles(Path file) {
    return FILES + "/" + file.getFileName();
  }

  /**
   * Whether a line of the engines' file of variables says just this: no line breaks, no quotes or
   * spaces that one engine takes as they are and another does not.
   */
  static boolean fitsLine(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LINE
        && value.chars().noneMatch(Character::isISOControl)
        && value.equals(value.strip())
        && !value.startsWith("\"")
        && !value.startsWith("'");
  }
}
