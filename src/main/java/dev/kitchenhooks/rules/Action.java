package dev.kitchenhooks.rules;

import dev.kitchenhooks.plan.PlannedHook;
import java.util.OptionalInt;

/** What happens next, as the rules decide it. Nodes are named by their index in the plan. */
public sealed interface Action {
  /**
   * Run a global hook, and tell how it ended. Those of one answer run together.
   *
   * @param index its index among the plan's global hooks of its moment
   * @param returnCode what a post hook gets as its first argument; empty for a pre hook
   */
  record RunGlobalHook(int index, PlannedHook hook, OptionalInt returnCode) implements Action {}

  /**
   * The next batch of nodes begins; the one before is over.
   *
   * @param batch from 0
   */
  record BeginBatch(int batch) implements Action {}

  /** Connect to a node, and tell whether it was reached. */
  record Connect(int node) implements Action {}

  /**
   * Run a hook of a node, and tell how it ended. Those of one node in one answer run together.
   *
   * @param index its index among the node's hooks of its moment
   * @param returnCode what a post hook gets as its first argument; empty for a pre hook
   */
  record RunNodeHook(int node, int index, PlannedHook hook, OptionalInt returnCode)
      implements Action {}

  /** Deploy to a node, and tell its code. */
  record Deploy(int node) implements Action {}

  /**
   * Run a hook of an application, and tell how it ended. Those of one application in one answer run
   * together.
   *
   * @param app its index among the node's
   * @param index the hook's index among the application's of its moment
   * @param returnCode the deploy's, for a post hook; empty for a pre hook
   */
  record RunAppHook(int node, int app, int index, PlannedHook hook, OptionalInt returnCode)
      implements Action {}

  /** Deploy an application of a node, or take it away, and tell its code. */
  record DeployApp(int node, int app) implements Action {}

  /** Nothing more will happen to an application. */
  record FinishApp(int node, int app, Outcome outcome, String reason) implements Action {}

  /** Run the command that is run once a run, and tell its code. */
  record RunCommand() implements Action {}

  /** Nothing more will happen to a node; its connection is closed. */
  record FinishNode(int node, Outcome outcome, String reason) implements Action {}

  /** What is in flight gets SIGTERM. How each ends is still told. */
  record TerminateInFlight() implements Action {}

  /** What is in flight is killed. How each ends is still told. */
  record KillInFlight() implements Action {}

  /** The run is over. Always the last action. */
  record FinishRun(RunResult result) implements Action {}
}
