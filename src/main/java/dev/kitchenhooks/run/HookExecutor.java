package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Retries;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.HookLaunch.CallFiles;
import dev.kitchenhooks.run.RunEvent.HookRun;
import dev.kitchenhooks.secret.MaskedLines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs hooks at their places, and tells what happens. Thread-safe. */
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
   * Tells that a hook starts. What is returned then runs it, on whatever thread: so hooks that run
   * together are told in their order.
   */
  Started start(HookTask task) {
    Optional<String> rc =
        task.returnCode().isPresent()
            ? Optional.of(Integer.toString(task.returnCode().getAsInt()))
            : Optional.empty();
    List<String> argv =
        task.app()
            .map(call ->
                HookCall.argv(task.hook(), call.app().application(), call.target().composeFile()))
            .orElseGet(
                () -> HookCall.argv(plan, task.hook(), task.node(), rc, contexts.nodesFile()));
    return new Started(task, argv);
  }

  /** A hook that was told to have started: its attempts, one after the other. */
  final class Started {
    private final HookTask task;
    private final List<String> argv;
    private final Retries retries;
    private final long startNanos = System.nanoTime();
    private HookRun current;
    private Tail tail = new Tail();

    private Started(HookTask task, List<String> argv) {
      this.task = task;
      this.argv = argv;
      this.retries = task.hook().definition().retries();
      this.current = begin(1);
    }

    /** Runs it to its end and returns its exit code, that of its last attempt. */
    int run(StopRequest stop) {
      while (true) {
        int attempt = current.attempt();
        Optional<CallFiles> files = Optional.empty();
        ProcessResult result;
        // A full disk here is the hook's failure, by the rules, and not the end of all that is in
        // flight.
        String missing = "its compose file";
        try {
          prepareApp(stop);
          missing = "its context file";
          files = Optional.of(contexts.write(current.number(), task));
          result = attempt(files.get(), stop);
        } catch (IOException e) {
          result = notStarted(missing + " cannot be written: " + e.getMessage());
        }
        boolean again = isTriedAgain(result, stop);
        if (!again) {
          result = files.isPresent() ? handOn(files.get(), result) : result;
        }
        finish(result, again ? Optional.of(retries.delay()) : Optional.empty());
        boolean stopped = again && !pause(retries.delay(), stop);
        if (stopped && files.isPresent()) {
          // So this was the last attempt after all. It has failed already.
          handOn(files.get(), result);
        }
        files.ifPresent(contexts::delete);
        if (!again || stopped) {
          return result.exitCode();
        }
        tail = new Tail();
        current = begin(attempt + 1);
      }
    }

    private HookRun begin(int attempt) {
      var hookRun =
          new HookRun(
              numbers.incrementAndGet(),
              task.hook(),
              task.node().map(PlannedNode::fqdn),
              task.app().map(call -> call.app().name()),
              attempt);
      tell(new RunEvent.HookStarted(now(), hookRun, argv, task.returnCode(), task.together()));
      return hookRun;
    }

    private void prepareApp(StopRequest stop) throws IOException {
      if (task.app().isPresent()) {
        task.app().get().target().prepare(stop);
      }
    }

    private ProcessResult attempt(CallFiles files, StopRequest stop) {
      Map<String, String> environment =
          HookCall.environment(HookExecutor.this.run, plan, task, current.attempt(), files);
      environment.putAll(HookCall.variables(task.values()));
      HookRun hookRun = current;
      var launch =
          new HookLaunch(HookExecutor.this.run, hookRun, argv, environment, files, task.session());
      LineSink told = line -> tell(new RunEvent.HookOutput(now(), hookRun, line));
      try (MaskedLines output = launch.run().secrets().lines(tail.and(told))) {
        return tools.hooks().run(launch, output, stop);
      }
    }

    private boolean isTriedAgain(ProcessResult result, StopRequest stop) {
      boolean mayHelp =
          result.exitCode() != 0
              && !isNotNow(result)
              && result.end() != ProcessResult.End.NOT_STARTED
              && result.end() != ProcessResult.End.STOPPED
              && stop.level() == StopRequest.Level.NONE;
      if (!mayHelp || current.attempt() >= retries.attempts()) {
        return false;
      }
      Duration soFar = Duration.ofNanos(System.nanoTime() - startNanos);
      return soFar.plus(retries.delay()).compareTo(retries.within()) <= 0;
    }

    /** "Not now" is an answer, not a failure that could pass. */
    private boolean isNotNow(ProcessResult result) {
      return result.exitCode() == Outcome.NOT_NOW
          && task.hook().type().scope() != Scope.GLOBAL
          && task.hook().type().moment() == Moment.PRE;
    }

    /** Takes the values that it has written; where they cannot be taken, it has failed. */
    private ProcessResult handOn(CallFiles files, ProcessResult result) {
      OutputFile written = OutputFile.read(files.output());
      String problem =
          written.problem().isEmpty()
              ? task.handOn().apply(written.values()).orElse("")
              : written.problem();
      if (problem.isEmpty()) {
        return result;
      }
      String detail = result.detail().isEmpty() ? problem : result.detail() + "; " + problem;
      int exit = result.exitCode() == 0 ? 1 : result.exitCode();
      return new ProcessResult(exit, result.end(), detail, result.duration());
    }

    private void finish(ProcessResult result, Optional<Duration> again) {
      tell(new RunEvent.HookFinished(now(), current, argv, result, tail.lines(), again));
    }
  }

  private static ProcessResult notStarted(String why) {
    return new ProcessResult(CANNOT_START, ProcessResult.End.NOT_STARTED, why, Duration.ZERO);
  }

  /** Waits; returns false if it was told to stop before. */
  private static boolean pause(Duration delay, StopRequest stop) {
    var stopped = new CountDownLatch(1);
    try (StopRequest.Registration _ = stop.onRequest(_ -> stopped.countDown())) {
      return !stopped.await(TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void tell(RunEvent event) {
    tools.events().tell(event);
  }

  private Instant now() {
    return tools.clock().instant();
  }
}
