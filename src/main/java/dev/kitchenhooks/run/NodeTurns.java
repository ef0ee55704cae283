package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.rules.Happened;
import dev.kitchenhooks.rules.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The turn of a node between its hooks: connect, deploy, let go. What takes time is returned, to be
 * run on a thread of its own; all else is of the run's one loop.
 */
final class NodeTurns {
  /** A connection that says nothing any more ends with this process. */
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final RunPlan plan;
  private final Deployer deployer;
  private final RunEngine.HookTools tools;
  private final WorkExecutor work;
  private final Map<Integer, Deployer.Target> targets = new ConcurrentHashMap<>();
  private final Map<Integer, Instant> starts = new HashMap<>();
  private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();

  NodeTurns(RunPlan plan, Deployer deployer, RunEngine.HookTools tools, WorkExecutor work) {
    this.plan = plan;
    this.deployer = deployer;
    this.tools = tools;
    this.work = work;
  }

  /** Tells that a node's turn has come. */
  Supplier<Happened> connect(int node, StopRequest stop) {
    PlannedNode planned = plan.nodes().get(node);
    Instant started = now();
    starts.put(node, started);
    tell(new RunEvent.NodeStarted(started, planned.fqdn()));
    return () -> {
      try {
        targets.put(node, deployer.open(planned, stop));
        tell(new RunEvent.NodeConnected(now(), planned.fqdn(), Duration.between(started, now())));
        return new Happened.NodeReached(node);
      } catch (UnreachableException e) {
        return new Happened.NodeNotReached(node, String.valueOf(e.getMessage()), e.isLocked());
      }
    };
  }

  /** The connection of a node whose turn it is, where it has one. */
  Optional<NodeSession> session(int node) {
    return Optional.ofNullable(targets.get(node)).flatMap(Deployer.Target::session);
  }

  /**
   * Tells that a deploy starts.
   *
   * @param values what hooks have handed on, by key
   */
  Supplier<Happened> deploy(int node, SortedMap<String, String> values, StopRequest stop) {
    String fqdn = plan.nodes().get(node).fqdn();
    Deployer.Target target = targets.get(node);
    if (target == null) {
      throw new IllegalStateException("node " + fqdn + " was not opened");
    }
    Instant started = work.deployStarts(fqdn);
    return () -> new Happened.DeployEnded(node, work.deploy(fqdn, started, target, values, stop));
  }

  /** Closes a node's connection, and tells that its turn is over. */
  void finish(int node, Outcome outcome, String reason) {
    Instant started = starts.remove(node);
    Duration took = started == null ? Duration.ZERO : Duration.between(started, now());
    Deployer.Target target = targets.remove(node);
    if (target != null) {
      // Saying goodbye to a node takes a round trip; the next node need not wait for it.
      Thread goodbye =
          Thread.ofVirtual()
              .name("goodbye")
              .unstarted(() -> {
                try {
                  target.close();
                } finally {
                  leaving.remove(Thread.currentThread());
                }
              });
      leaving.add(goodbye);
      goodbye.start();
    }
    tell(new RunEvent.NodeFinished(now(), plan.nodes().get(node).fqdn(), outcome, reason, took));
  }

  /**
   * Waits a moment for the goodbyes: then the nodes' locks are free for whoever comes next, and
   * what is still connected does not hold up the JVM's end.
   */
  void awaitGoodbyes() throws InterruptedException {
    long end = System.nanoTime() + GOODBYE.toNanos();
    for (Thread one : leaving) {
      one.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private void tell(RunEvent event) {
    tools.events().tell(event);
  }

  private Instant now() {
    return tools.clock().instant();
  }
}
