package dev.kitchenhooks.wrap;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.HookCall;
import dev.kitchenhooks.run.ProcessRunner;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.run.WholeRunCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs a wrapped command on this machine: with the caller's whole environment, since it is the
 * caller's own command, in the directory where {@code fix} was started, and without a time limit.
 */
public final class LocalCommands {
  /**
   * How long a command has to end by itself when the run is interrupted; tools that clean up need a
   * while.
   */
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);

  private final RunFacts run;
  private final ProcessRunner processes;
  private final Path directory;
  private final List<String> fqdns;

  public LocalCommands(RunFacts run, RunPlan plan, ProcessRunner processes, Path directory) {
    this.run = run;
    this.processes = processes;
    this.directory = directory;
    this.fqdns = plan.fqdns();
  }

  /** The command as the deploy of each node. */
  public Deployer perNode(Work.CommandPerNode work) {
    return (node, _) -> new NodeTarget(work.command(), node);
  }

  /** The command, once a run. */
  public WholeRunCommand once(Work.CommandOnce work) {
    List<String> argv = Placeholders.replace(work.command(), Optional.empty(), fqdns);
    return new WholeRunCommand() {
      @Override
      public List<String> argv() {
        return argv;
      }

      @Override
      public DeployResult run(SortedMap<String, String> values, LineSink output, StopRequest stop) {
        return execute(argv, values, output, stop);
      }
    };
  }

  private final class NodeTarget implements Deployer.Target {
    private final List<String> argv;

    NodeTarget(List<String> command, PlannedNode node) {
      this.argv = Placeholders.replace(command, Optional.of(node.fqdn()), fqdns);
    }

    @Override
    public DeployResult deploy(LineSink output, StopRequest stop) {
      return deploy(Collections.emptySortedMap(), output, stop);
    }

    @Override
    public DeployResult deploy(
        SortedMap<String, String> values, LineSink output, StopRequest stop) {
      return execute(argv, values, output, stop);
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }

  private LocalCommand command(List<String> argv, Map<String, String> environment) {
    // Multiplexed SSH connections, daemons: what other tools leave behind on purpose is theirs.
    return new LocalCommand(argv, environment, directory, Optional.empty(), KILL_AFTER, true);
  }

  /**
   * The caller's own, what hooks have handed on, and what tells a {@code fix} of the same kitchen
   * that it was started inside a run.
   */
  static Map<String, String> environment(RunFacts run, SortedMap<String, String> values) {
    Map<String, String> environment = new TreeMap<>(run.caller());
    environment.put("FIX_RUN_ID", run.runId());
    environment.put("FIX_KITCHEN", run.kitchen().toString());
    environment.putAll(HookCall.variables(values));
    return environment;
  }

  private DeployResult execute(
      List<String> argv, SortedMap<String, String> values, LineSink output, StopRequest stop) {
    ProcessResult result = processes.run(command(argv, environment(run, values)), output, stop);
    return new DeployResult(result.exitCode(), result.detail());
  }
}
