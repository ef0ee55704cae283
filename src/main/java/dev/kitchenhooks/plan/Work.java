package dev.kitchenhooks.plan;

import java.util.List;

/** What is wrapped in hooks. */
public sealed interface Work {
  /** Each node is connected to, gets the kitchen and is converged. */
  record Converge(boolean whyRun) implements Work {}

  /**
   * {@code fix wrap} with <code>{node}</code> in the command: run once a node on this machine, no
   * connection.
   *
   * @param command the argument vector, placeholders not yet replaced
   */
  record CommandPerNode(List<String> command) implements Work {}

  /**
   * {@code fix wrap} without <code>{node}</code>: run once; only global hooks run.
   *
   * @param command the argument vector, placeholders not yet replaced
   */
  record CommandOnce(List<String> command) implements Work {}
}
