package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.ContainerSpec;
import dev.kitchenhooks.hook.ContainerSpec.Cleanup;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.ProcessResult.End;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One container that was created, from its start to its removal. The engine's program only brings
 * its output: how it ended is asked of the engine, and it is ended through the engine, so that
 * neither depends on that program's life.
 */
final class ContainerRun {
  /** Between two attempts to signal what is still being started. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  /** For the rest of the output of a container that has ended. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Engine engine;
  private final String name;
  private final ContainerSpec spec;
  private final Duration timeout;
  private final Duration killAfter;
  private final StopRequest stop;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final FirstLine firstLine = new FirstLine();
  private final StopRequest endOfClient = new StopRequest();
  private boolean interrupted;
  private boolean lost;
  private boolean removed;

  private enum Event {
    CLIENT_ENDED,
    TERMINATE,
    KILL
  }

  ContainerRun(
      Engine engine,
      String name,
      ContainerSpec spec,
      Duration timeout,
      Duration killAfter,
      StopRequest stop) {
    this.engine = engine;
    this.name = name;
    this.spec = spec;
    this.timeout = timeout;
    this.killAfter = killAfter;
    this.stop = stop;
  }

  /** Runs it to its end, and removes it if that is its policy. */
  ProcessResult run(LineSink output) {
    long start = System.nanoTime();
    try (var _ =
        stop.onRequest(level -> events.add(level == Level.KILL ? Event.KILL : Event.TERMINATE))) {
      CompletableFuture<ProcessResult> client =
          engine.attach(List.of("start", "--attach", name), firstLine.and(output), endOfClient);
      var _ = client.whenComplete((_, _) -> events.add(Event.CLIENT_ENDED));
      Event event = await(Optional.of(timeout));
      ProcessResult result;
      if (event == Event.CLIENT_ENDED || client.isDone()) {
        result = judge(client.join(), start);
      } else {
        end(client, event == Event.KILL);
        result =
            event == null
                ? ProcessResult.timedOut(timeout, took(start))
                : ProcessResult.stopped(took(start));
      }
      return cleanUp(result);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether it is gone, once it has run. */
  boolean isRemoved() {
    return removed;
  }

  private static Duration took(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The next thing that happens; null when the time is over. Interrupting means to kill. */
  private @Nullable Event await(Optional<Duration> limit) {
    try {
      return limit.isPresent()
          ? events.poll(limit.get().toNanos(), TimeUnit.NANOSECONDS)
          : events.take();
    } catch (InterruptedException e) {
      interrupted = true;
      return Event.KILL;
    }
  }

  /** SIGTERM, SIGKILL later or when that is asked for; then the output's end. */
  private void end(CompletableFuture<ProcessResult> client, boolean atOnce) {
    long start = System.nanoTime();
    boolean kill = atOnce;
    boolean told = false;
    while (!kill && !client.isDone()) {
      // Refused while it is being started.
      told = told || engine.call("kill", "--signal", "TERM", name).ok();
      Duration left = killAfter.minusNanos(System.nanoTime() - start);
      if (!left.isPositive()) {
        break;
      }
      kill = await(Optional.of(told || left.compareTo(AGAIN) < 0 ? left : AGAIN)) == Event.KILL;
    }
    if (!client.isDone()) {
      engine.call("kill", name);
      endClient(client);
    }
  }

  /** What the engine's program has still to write is little; then it must go. */
  private void endClient(CompletableFuture<ProcessResult> client) {
    client
        .copy()
        .orTimeout(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> null)
        .join();
    if (!client.isDone()) {
      endOfClient.request(Level.KILL);
    }
    client.join();
  }

  private ProcessResult judge(ProcessResult client, long start) {
    State state;
    try {
      state = State.of(engine, name);
    } catch (EngineFault e) {
      lost = true;
      return State.isGone(e.message())
          ? failed("its container %s was removed while it ran".formatted(name), start)
          : failed(
              "%s does not answer any more: %s; the container %s may still run"
                  .formatted(engine.name(), e.message(), name),
              start);
    }
    if (state.neverStarted()) {
      String why = state.error().isEmpty() ? firstLine.last() : state.error();
      boolean ofProgram = state.exitCode() == 126 || state.exitCode() == 127;
      return new ProcessResult(
          ofProgram ? state.exitCode() : EngineFault.ENGINE_FAILED,
          End.NOT_STARTED,
          "its container cannot be started: " + Engine.said(List.of(why)),
          took(start));
    }
    if (!state.ended()) {
      endAlone();
      return failed(
          "%s left the container, which was ended: %s".formatted(engine.name(), why(client)),
          start);
    }
    Optional<ProcessResult> refusal = firstLine.refusal(state.exitCode(), took(start));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (client.exitCode() != state.exitCode()) {
      return failed(
          "its output is cut off: %s start %s".formatted(engine.name(), why(client)), start);
    }
    if (state.outOfMemory() && state.exitCode() != 0) {
      return new ProcessResult(
          state.exitCode(),
          End.SIGNALLED,
          "out of memory" + spec.memory().map(limit -> ": its limit is " + limit).orElse(""),
          took(start));
    }
    return ProcessResult.exited(state.exitCode(), took(start));
  }

  private static String why(ProcessResult client) {
    return client.detail().isEmpty() ? "exit " + client.exitCode() : client.detail();
  }

  private static ProcessResult failed(String detail, long start) {
    return new ProcessResult(EngineFault.ENGINE_FAILED, End.EXITED, detail, took(start));
  }

  /** As {@link #end}, without the engine's program to tell when it is over. */
  private void endAlone() {
    var kill = new StopRequest();
    try (var _ =
        stop.onRequest(level -> {
          if (level == Level.KILL) {
            kill.request(Level.KILL);
          }
        })) {
      engine.call("kill", "--signal", "TERM", name);
      engine.call(killAfter, List.of("wait", name), kill);
    }
    engine.call("kill", name);
  }

  private ProcessResult cleanUp(ProcessResult result) {
    if (lost) {
      return result;
    }
    boolean remove =
        switch (result.end()) {
          case NOT_STARTED, TIMED_OUT, STOPPED -> true;
          case EXITED, SIGNALLED, OUTPUT_LEFT_OPEN, LOST ->
              spec.cleanup().contains(result.exitCode() == 0 ? Cleanup.SUCCEEDED : Cleanup.FAILED);
        };
    if (remove) {
      Engine.Answer answer = engine.call("rm", "--force", "--volumes", name);
      removed = answer.ok();
      return removed
          ? result
          : result.withDetail(
              "its container %s is not removed: %s".formatted(name, answer.message()));
    }
    return result.exitCode() == 0
        ? result
        : result.withDetail("its container %s is kept".formatted(name));
  }
}
