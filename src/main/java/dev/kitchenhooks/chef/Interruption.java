package dev.kitchenhooks.chef;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a deploy early: at its time limit, or when the run is told to stop. A signal sent through
 * the SSH channel would not do: what runs under sudo may not be signalled by the login user, and
 * older servers know no such request. So stop.sh is run on the node, in a channel of its own.
 */
final class Interruption implements AutoCloseable {
  /** What a converge gets between SIGTERM at its time limit and SIGKILL. */
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);

  /** How long stop.sh may take: the connection may be what is wrong. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** Between two tries to stop what does not run yet; twice as long each time, up to the limit. */
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);

  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  /** Why the deploy was ended; the first reason counts. */
  enum Cause {
    TIMED_OUT,
    STOPPED
  }

  private final NodeSession session;
  private final RemoteScripts scripts;
  private final String token;
  private final StopRequest channel = new StopRequest();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
  private final StopRequest.Registration registration;

  /** Watches from now on until it is closed. */
  Interruption(
      NodeSession session,
      RemoteScripts scripts,
      String token,
      Optional<Duration> limit,
      StopRequest stop) {
    this.session = session;
    this.scripts = scripts;
    this.token = token;
    limit.ifPresent(time -> start("deploy-limit", () -> watchClock(time)));
    registration = stop.onRequest(this::stopRequested);
  }

  /** What ends the deploy's channel, when nothing gentler has. */
  StopRequest channel() {
    return channel;
  }

  Optional<Cause> cause() {
    return Optional.ofNullable(cause.get());
  }

  private void stopRequested(Level level) {
    cause.compareAndSet(null, Cause.STOPPED);
    boolean kill = level == Level.KILL;
    start("deploy-stop", kill ? this::kill : this::terminate);
  }

  private void watchClock(Duration limit) {
    if (endsWithin(limit) || !cause.compareAndSet(null, Cause.TIMED_OUT)) {
      return;
    }
    terminate();
    if (!endsWithin(KILL_AFTER)) {
      kill();
    }
  }

  /** Until the converge has begun there is nothing to signal: asked again until there is. */
  private void terminate() {
    Duration retry = FIRST_RETRY;
    while (signal(RemoteScripts.Signal.TERM) == RemoteScripts.NOT_RUNNING && !endsWithin(retry)) {
      retry = longer(retry);
    }
  }

  /** The same, but not for long: then the channel is closed, whatever there is at its other end. */
  private void kill() {
    Duration retry = FIRST_RETRY;
    while (signal(RemoteScripts.Signal.KILL) == RemoteScripts.NOT_RUNNING
        && !endsWithin(retry)
        && retry.compareTo(LAST_RETRY) < 0) {
      retry = longer(retry);
    }
    if (!endsWithin(STOP_LIMIT)) {
      channel.request(Level.KILL);
    }
  }

  private static Duration longer(Duration retry) {
    return retry.compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
  }

  private int signal(RemoteScripts.Signal signal) {
    RemoteResult result =
        session.run(
            scripts.stop(token, signal),
            out -> out.write(scripts.beforeInput()),
            line -> {},
            Optional.of(STOP_LIMIT),
            new StopRequest());
    return result.exitCode();
  }

  private boolean endsWithin(Duration time) {
    try {
      return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void start(String name, Runnable task) {
    Thread.ofVirtual().name(name).start(task);
  }

  /** The deploy is over. */
  @Override
  public void close() {
    ended.countDown();
    registration.close();
  }
}
