package dev.kitchenhooks.rules;

/**
 * What the rules are told. Nodes are named by their index in the plan, hooks by their index among
 * those of the stage that the run or the node is in. Exit codes of hooks are as a shell would
 * report them: 0 well, 124 timed out, 126 and 127 not started, 128 + n killed by signal n.
 */
public sealed interface Happened {
  /** The run begins; told once, first. */
  record Began() implements Happened {}

  /** A global hook that was running ended. */
  record GlobalHookEnded(int hook, int exitCode) implements Happened {}

  /** The connection to a node stands. */
  record NodeReached(int node) implements Happened {}

  /**
   * The connection to a node could not be made.
   *
   * @param locked whether it is only that another run is at work on it
   */
  record NodeNotReached(int node, String reason, boolean locked) implements Happened {}

  /** A hook of a node that was running ended. */
  record NodeHookEnded(int node, int hook, int exitCode) implements Happened {}

  /** A node's deploy ended with its own code; 255 SSH failed, 124 timed out, 130 interrupted. */
  record DeployEnded(int node, int exitCode) implements Happened {}

  /** A hook of an application that was running ended. */
  record AppHookEnded(int node, int app, int hook, int exitCode) implements Happened {}

  /** The deploy of an application ended, with codes as a node's. */
  record AppDeployEnded(int node, int app, int exitCode) implements Happened {}

  /** The command that is run once a run ({@code fix wrap} without a node placeholder) ended. */
  record CommandEnded(int exitCode) implements Happened {}

  /** A signal arrived. The first stops the run, the second kills what is left. */
  record SignalArrived(StopSignal signal) implements Happened {}
}
