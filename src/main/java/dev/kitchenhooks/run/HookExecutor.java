package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import dev.kitchenhooks.run.RunEvent.HookRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one hook on this machine, and tells what happens. */
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

  /** Runs the hook to its end and returns its exit code. */
  int run(
      PlannedHook hook,
      Optional<PlannedNode> node,
      OptionalInt returnCode,
      String reason,
      StopRequest stop) {
    var hookRun = new HookRun(numbers.incrementAndGet(), hook, node.map(PlannedNode::fqdn), 1);
    Path nodesFile = contexts.nodesFile();
    Optional<String> rc =
        returnCode.isPresent()
            ? Optional.of(Integer.toString(returnCode.getAsInt()))
            : Optional.empty();
    List<String> argv = HookCall.argv(plan, hook, node, rc, nodesFile);
    tools
        .events()
        .tell(new RunEvent.HookStarted(tools.clock().instant(), hookRun, argv, returnCode));

    Map<String, String> environment =
        HookCall.environment(
            run, plan, hook, node, returnCode, reason, hookRun.attempt(), nodesFile);
    var tail = new Tail();
    ProcessResult result;
    try {
      Path context = contexts.write(hookRun.number(), hook, node, returnCode, reason);
      environment.put("FIX_CONTEXT", context.toString());
      result = start(hookRun, argv, environment, tail, stop);
      contexts.delete(context);
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

  private ProcessResult start(
      HookRun hookRun,
      List<String> argv,
      Map<String, String> environment,
      Tail tail,
      StopRequest stop) {
    HookDefinition definition = hookRun.hook().definition();
    return tools
        .processes()
        .run(
            new LocalCommand(
                argv,
                environment,
                run.kitchen(),
                Optional.of(definition.timeout()),
                definition.killAfter()),
            line -> {
              tail.line(line);
              tools.events().tell(new RunEvent.HookOutput(tools.clock().instant(), hookRun, line));
            },
            stop);
  }
}
