package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.HookLaunch.CallFiles;
import dev.kitchenhooks.run.RunEvent.HookRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one hook at its place, and tells what happens. */
final class HookExecutor {
  /** As a shell has it for a program that it found and could not start. */
  private static final int CANNOT_START = 126;

  private final RunFacts run;
  private final RunPlan plan;
  private final ContextFiles contexts;
  private final RunEngine.HookTools tools;
  private final AtomicInteger numbers = new AtomicInteger();

  HookExecutor(RunFacts run, RunPlan plan, ContextFiles contexts, RunEngine.HookTools tools) {
    this.run = run;
    this.plan = plan;
    this.contexts = contexts;
    this.tools = tools;
  }

  /**
   * Runs the hook to its end and returns its exit code.
   *
   * @param session the connection to the node of a node hook, where there is one
   */
  int run(
      PlannedHook hook,
      Optional<PlannedNode> node,
      Optional<NodeSession> session,
      OptionalInt returnCode,
      String reason,
      StopRequest stop) {
    var hookRun = new HookRun(numbers.incrementAndGet(), hook, node.map(PlannedNode::fqdn), 1);
    Optional<String> rc =
        returnCode.isPresent()
            ? Optional.of(Integer.toString(returnCode.getAsInt()))
            : Optional.empty();
    List<String> argv = HookCall.argv(plan, hook, node, rc, contexts.nodesFile());
    tools
        .events()
        .tell(new RunEvent.HookStarted(tools.clock().instant(), hookRun, argv, returnCode));

    var tail = new Tail();
    ProcessResult result;
    try {
      CallFiles files = contexts.write(hookRun.number(), hook, node, returnCode, reason);
      Map<String, String> environment =
          HookCall.environment(run, plan, hook, node, returnCode, reason, hookRun.attempt(), files);
      var launch = new HookLaunch(run, hookRun, argv, environment, files, session);
      result = start(launch, tail, stop);
      contexts.delete(files);
    } catch (IOException e) {
      // A full disk here is the hook's failure, by the rules, and not the end of all that is in
      // flight.
      result =
          new ProcessResult(
              CANNOT_START,
              ProcessResult.End.NOT_STARTED,
              "its context file cannot be written: " + e.getMessage(),
              Duration.ZERO);
    }
    tools
        .events()
        .tell(
            new RunEvent.HookFinished(
                tools.clock().instant(), hookRun, argv, result, tail.lines()));
    return result.exitCode();
  }

  private ProcessResult start(HookLaunch launch, Tail tail, StopRequest stop) {
    return tools
        .hooks()
        .run(
            launch,
            line -> {
              tail.line(line);
              tools
                  .events()
                  .tell(new RunEvent.HookOutput(tools.clock().instant(), launch.hookRun(), line));
            },
            stop);
  }
}
