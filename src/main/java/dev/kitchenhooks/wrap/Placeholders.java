package dev.kitchenhooks.wrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * <code>{node}</code> and <code>{nodes}</code> in a wrapped command. They are replaced inside
 * single arguments, never through a shell, so a name cannot become anything but a part of its
 * argument.
 */
public final class Placeholders {
  private static final String NODE = "{node}";
  private static final String NODES = "{nodes}";

  private Placeholders() {}

  /** Whether a command is run once for each node. */
  public static boolean isPerNode(List<String> command) {
    return command.stream().anyMatch(word -> word.contains(NODE));
  }

  /**
   * The argument vector with all placeholders replaced. An argument that is just <code>{nodes}
   * </code> becomes one argument for each node; inside a longer one the names stand with commas
   * between them.
   */
  public static List<String> replace(
      List<String> command, Optional<String> node, List<String> nodes) {
    var argv = new ArrayList<String>();
    for (String word : command) {
      if (word.equals(NODES)) {
        argv.addAll(nodes);
      } else {
        // Joined only where it is asked for: a fleet's names are long, and this is done for each
        // node.
        String replaced =
            word.contains(NODES) ? word.replace(NODES, String.join(",", nodes)) : word;
        argv.add(node.map(n -> replaced.replace(NODE, n)).orElse(replaced));
      }
    }
    return List.copyOf(argv);
  }
}
