package dev.kitchenhooks;

import dev.kitchenhooks.cli.FixCli;
import dev.kitchenhooks.cli.Surroundings;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ./dev build} runs once, while the JVM records which classes the commands load: the
 * start-up cache holds exactly those.
 */
final class Training {
  /** Each reads the kitchen anew, as a process of its own would. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("hooks", "lint"),
          List.of("hooks", "list"),
          List.of("hooks", "explain", "node:all"),
          List.of("plan", "node:all"),
          List.of("plan", "nodes_with_role:web", "--output", "json"),
          List.of("wrap", "node:all", "--yes", "--", "echo", "{node}"),
          // Whole runs over SSH, against nodes of its own.
          List.of("demo"),
          List.of("status"),
          List.of("history"));

  private Training() {}

  /**
   * Runs the commands.
   *
   * @param args the directory of a kitchen that may be written to
   */
  public static void main(String[] args) {
    Path kitchen = Path.of(args[0]).toAbsolutePath();
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true);
    Map<String, String> environment = new HashMap<>(System.getenv());
    // A build that is started by a hook is no run of this kitchen, and needs no agent.
    environment.keySet().removeIf(name -> name.startsWith("FIX_") || name.startsWith("SSH_"));
    var around =
        new Surroundings(
            nowhere,
            nowhere,
            InputStream.nullInputStream(),
            environment,
            kitchen,
            false,
            false,
            false,
            true);
    COMMANDS.forEach(command -> FixCli.run(command, around));
    Main.run(new String[] {"--version"}); // with the surroundings of a real start
  }
}
