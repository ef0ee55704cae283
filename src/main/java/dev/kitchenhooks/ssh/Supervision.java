package dev.kitchenhooks.ssh;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.remote.RemoteResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one command, and ends it when its time is up or the run is stopped: SIGTERM, SIGKILL,
 * then its channel is closed, each with a limit of its own, so that this always returns.
 *
 * <pre>
 * RUNNING --timeout, stop--> TERMINATING --grace--> KILLING --patience--> CLOSING --patience--> end
 *    \_________________________________|___________________|__________________|____ended____/
 * </pre>
 */
final class Supervision {

  /**
   * @param grace from SIGTERM to SIGKILL
   * @param patience from SIGKILL until the channel is closed, and from there until it is given up
   */
  record Limits(Duration grace, Duration patience) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  private enum Event {
    ENDED,
    INPUT_FAILED,
    TERMINATE,
    KILL
  }

  private enum Phase {
    RUNNING,
    TERMINATING,
    KILLING,
    CLOSING
  }

  private final RemoteCommand command;
  private final SshLink link;
  private final ProcessGroup group;
  private final Limits limits;
  private final Optional<Duration> timeout;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Phase phase = Phase.RUNNING;
  private long deadline;
  private @Nullable RemoteResult verdict;
  private boolean ended;

  /** The exit code, if it came before the command was told to end. */
  private Optional<Integer> exitedBefore = Optional.empty();

  Supervision(
      RemoteCommand command,
      SshLink link,
      ProcessGroup group,
      Limits limits,
      Optional<Duration> timeout) {
    this.command = command;
    this.link = link;
    this.group = group;
    this.limits = limits;
    this.timeout = timeout;
  }

  RemoteResult run(StopRequest stop) {
    if (stop.level() != Level.NONE) {
      return new RemoteResult(RemoteResult.STOPPED, "stopped before it was started");
    }
    deadline = timeout.map(Supervision::in).orElse(Long.MAX_VALUE);
    boolean interrupted = false;
    try (var _ =
        stop.onRequest(level -> events.add(level == Level.KILL ? Event.KILL : Event.TERMINATE))) {
      command.start(() -> events.add(Event.ENDED), () -> events.add(Event.INPUT_FAILED));
      boolean over = false;
      while (!over) {
        try {
          over = step(next());
        } catch (InterruptedException e) {
          interrupted = true;
          over = step(Event.KILL);
        }
      }
    }
    command.stopListening();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result();
  }

  private @Nullable Event next() throws InterruptedException {
    return deadline == Long.MAX_VALUE
        ? events.take()
        : events.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /**
   * @param event null: the deadline of this phase has passed
   * @return whether there is nothing more to wait for
   */
  private boolean step(@Nullable Event event) {
    switch (event) {
      case null -> {
        return late();
      }
      case ENDED -> {
        ended = true;
        return true;
      }
      case INPUT_FAILED -> {
        decide(new RemoteResult(RemoteResult.CONNECTION_LOST, ""));
        kill();
      }
      case TERMINATE -> {
        decide(new RemoteResult(RemoteResult.STOPPED, "stopped"));
        if (phase == Phase.RUNNING) {
          terminate();
        }
      }
      case KILL -> {
        decide(new RemoteResult(RemoteResult.STOPPED, "stopped"));
        if (phase == Phase.RUNNING || phase == Phase.TERMINATING) {
          kill();
        }
      }
    }
    return false;
  }

  private boolean late() {
    switch (phase) {
      case RUNNING -> {
        String limit = timeout.map(t -> t.toMillis() / 1000.0 + "s").orElse("");
        decide(new RemoteResult(RemoteResult.TIMED_OUT, "timed out after " + limit));
        terminate();
      }
      case TERMINATING -> kill();
      case KILLING -> closeChannel();
      case CLOSING -> {
        return true;
      }
    }
    return false;
  }

  /** The first reason counts, whatever comes on top of it. */
  private void decide(RemoteResult reason) {
    if (verdict == null) {
      verdict = reason;
    }
  }

  private void terminate() {
    exitedBefore = command.exitStatus();
    if (exitedBefore.isPresent()) {
      // What holds the channel open is no part of the command's process group any more.
      closeChannel();
      return;
    }
    if (group.signalsAreTaken()) {
      command.signal(Signal.TERM);
    } else {
      group.kill("TERM");
    }
    enter(Phase.TERMINATING, limits.grace());
  }

  private void kill() {
    command.signal(Signal.KILL);
    group.kill("KILL");
    enter(Phase.KILLING, limits.patience());
  }

  private void closeChannel() {
    command.closeChannel();
    enter(Phase.CLOSING, limits.patience());
  }

  private void enter(Phase next, Duration limit) {
    phase = next;
    deadline = in(limit);
  }

  private static long in(Duration limit) {
    return System.nanoTime() + limit.toNanos();
  }

  private RemoteResult result() {
    RemoteResult result = verdict == null ? plainResult() : endedResult(verdict);
    return command
        .sinkFailure()
        .map(failure ->
            new RemoteResult(
                result.exitCode(),
                (result.detail().isEmpty() ? "" : result.detail() + "; ")
                    + "output lost: "
                    + failure))
        .orElse(result);
  }

  private RemoteResult endedResult(RemoteResult decided) {
    String detail =
        command
            .inputFailure()
            .map(failure -> "its input could not be sent: " + Failures.text(failure))
            .orElse(decided.detail());
    if (exitedBefore.isPresent()) {
      detail +=
          "; it had exited with "
              + exitedBefore.get()
              + ", but processes that it left held its output open";
    } else if (!ended || phase == Phase.CLOSING) {
      detail += "; it did not end when told to, and may still run on the node";
    }
    return new RemoteResult(decided.exitCode(), detail);
  }

  private RemoteResult plainResult() {
    if (command.exitStatus().isPresent()) {
      return new RemoteResult(command.exitStatus().get(), "");
    }
    if (command.exitSignal().isPresent()) {
      return lost("killed by SIG" + command.exitSignal().get());
    }
    Optional<String> failure = command.failure().map(Failures::text);
    if (link.lost().isPresent() || !link.isUp() || command.wasStarted()) {
      String why = link.lost().or(() -> failure).orElse("no exit code came");
      return lost("connection lost: " + why);
    }
    return lost("could not be started: " + failure.orElse("the channel was closed"));
  }

  private static RemoteResult lost(String detail) {
    return new RemoteResult(RemoteResult.CONNECTION_LOST, detail);
  }
}
