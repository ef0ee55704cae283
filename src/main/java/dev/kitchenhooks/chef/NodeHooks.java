package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.ProcessResult.End;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Verdict;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.HookLaunch;
import dev.kitchenhooks.run.HookRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;

/**
 * Runs hooks on their node, over its one connection, with the rights of a deploy: one channel for
 * each call, through which the program travels, is watched, and is ended.
 */
public final class NodeHooks implements HookRunner {
  private static final int CANNOT_START = 126;

  /** At once on one connection: OpenSSH's server takes 10 channels, and the lock has one. */
  private static final int CHANNELS = 8;

  private final NodePrograms programs;
  private final Map<NodeSession, Semaphore> channels = new WeakHashMap<>();

  /**
   * @param settings how a node is deployed to
   * @param sudoPassword what sudo on the nodes gets on its stdin; empty: it must want none
   */
  public NodeHooks(KitchenConfig.Converge settings, Optional<Secret> sudoPassword) {
    this(settings, sudoPassword, Listening.USUAL);
  }

  NodeHooks(KitchenConfig.Converge settings, Optional<Secret> sudoPassword, Listening listening) {
    this.programs = new NodePrograms(settings, AsRoot.of(settings, sudoPassword), listening);
  }

  @Override
  public ProcessResult run(HookLaunch launch, LineSink output, StopRequest stop) {
    long start = System.nanoTime();
    return verdict(launch, output, stop).result(Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public Given given(HookLaunch launch) {
    return new Given(
        launch.argv(),
        NodeUpload.variables(launch.definition(), launch.environment()),
        "FIX_CONTEXT, FIX_NODES_FILE and FIX_OUTPUT as files on the node, and its own PATH, HOME"
            + " and the like");
  }

  private Verdict verdict(HookLaunch launch, LineSink output, StopRequest stop) {
    if (launch.session().isEmpty()) {
      return cannotStart("it runs on its node, and none is connected");
    }
    NodeSession session = launch.session().get();
    Semaphore channel = channelsOf(session);
    channel.acquireUninterruptibly();
    try {
      if (launch.environment().values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
        return cannotStart("a variable contains a NUL character");
      }
      return programs.run(session, NodeProgram.ofHook(launch), output, stop);
    } catch (IOException e) {
      return cannotStart("it cannot be sent: " + UploadCheck.reason(e));
    } finally {
      channel.release();
    }
  }

  private static Verdict cannotStart(String why) {
    return new Verdict(CANNOT_START, End.NOT_STARTED, why);
  }

  private Semaphore channelsOf(NodeSession session) {
    synchronized (channels) {
      return channels.computeIfAbsent(session, _ -> new Semaphore(CHANNELS));
    }
  }
}
