package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs one hook outside of a run, through the very code that a run uses; for as many nodes as are
 * wanted, one after the other. Closing it takes its files away.
 */
public final class HookByHand implements AutoCloseable {
  private final RunPlan plan;
  private final PlannedHook hook;
  private final ContextFiles contexts;
  private final HookExecutor executor;

  /**
   * @param plan what the hook is told of as the run: its nodes, its command
   */
  public HookByHand(RunFacts run, RunPlan plan, PlannedHook hook, RunEngine.HookTools tools) {
    this.plan = plan;
    this.hook = hook;
    this.contexts = new ContextFiles(run, plan, tools.matches());
    this.executor = new HookExecutor(run, plan, contexts, tools);
    contexts.writeNodesFile();
  }

  /**
   * What it came to.
   *
   * @param exitCode of its last attempt
   * @param values what it hands on, by key
   */
  public record Result(int exitCode, SortedMap<String, String> values) {}

  /**
   * Runs it to its end.
   *
   * @param node the node of a node hook
   * @param session the connection to that node, where the hook needs one
   * @param returnCode what a post hook gets; empty for others
   */
  public Result run(
      Optional<PlannedNode> node,
      Optional<NodeSession> session,
      OptionalInt returnCode,
      StopRequest stop) {
    return run(node, Optional.empty(), session, returnCode, stop);
  }

  /**
   * The same for a hook of an application.
   *
   * @param app the application, and its compose file
   */
  public Result run(
      PlannedNode node,
      PlannedApp app,
      AppDeployer.Target target,
      Optional<NodeSession> session,
      OptionalInt returnCode,
      StopRequest stop) {
    var call = new HookTask.AppCall(app, target);
    return run(Optional.of(node), Optional.of(call), session, returnCode, stop);
  }

  private Result run(
      Optional<PlannedNode> node,
      Optional<HookTask.AppCall> app,
      Optional<NodeSession> session,
      OptionalInt returnCode,
      StopRequest stop) {
    String reason =
        returnCode.isEmpty()
            ? ""
            : node.isPresent()
                ? FixReason.ofNode(plan.work(), returnCode.getAsInt(), false, false)
                : FixReason.ofRun(plan.work(), returnCode.getAsInt(), false, false);
    var values = new AtomicReference<SortedMap<String, String>>(Collections.emptySortedMap());
    var task =
        new HookTask(
            hook,
            node,
            app,
            session,
            returnCode,
            reason,
            1,
            Collections.emptySortedMap(),
            written -> {
              values.set(written);
              return Optional.empty();
            });
    int exit = executor.start(task).run(stop);
    return new Result(exit, values.get());
  }

  @Override
  public void close() {
    contexts.deleteNodesFile();
  }
}
