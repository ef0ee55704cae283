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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one hook on this machine, and tells what happens. */
final class HookExecutor {
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
    Path context = contexts.write(hookRun.number(), hook, node, returnCode, reason);
    environment.put("FIX_CONTEXT", context.toString());

    var tail = new Tail();
    HookDefinition definition = hook.definition();
    ProcessResult result =
        tools
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
                  tools
                      .events()
                      .tell(new RunEvent.HookOutput(tools.clock().instant(), hookRun, line));
                },
                stop);
    delete(context);
    tools
        .events()
        .tell(
            new RunEvent.HookFinished(
                tools.clock().instant(), hookRun, argv, result, tail.lines()));
    return result.exitCode();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
